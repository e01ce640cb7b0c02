/** The trail as the pipeline has it: every stage in order, whether it was reached, and what it found, in words. */
import { explain, type Effect, type JsonObject, type Reason } from '@reeve/policy';

/** Each stage's question; the order is the pipeline's, which a test holds. */
export const STAGES = [
  ['identity', 'May this key speak for the assistant, and is the subject known?'],
  ['kill-switch', 'Has someone pulled the plug?'],
  ['assistant', 'Is the assistant on, and the tool on its allow-list?'],
  ['arguments', 'Do the arguments fit the tool’s schema?'],
  ['permission', 'Do matrix, grants and guardrails let them?'],
  ['quota', 'Is there allowance left?'],
] as const;

export interface TrailEntry {
  readonly stage: string;
  readonly effect: string;
  readonly reason?: string | null;
  readonly detail?: unknown;
}

export interface StageView {
  readonly stage: string;
  readonly question: string;
  readonly state: 'passed' | 'objected' | 'not_reached';
  /** The effect it objected with. */
  readonly effect: Effect | null;
  /** The place where what it found is governed; null where there is no such place. */
  readonly place: Place | null;
  /** The reason, for those who govern; null where there is nothing to say. */
  readonly sentence: string | null;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export interface Place {
  readonly label: string;
  readonly to: 'permissions' | 'quotas' | 'panic';
  readonly search: Readonly<Record<string, unknown>>;
}

/** Of a cell, a guardrail, a quota or a stop: where it is looked at and changed. */
function placeOf(stage: string, { role, tool, guardrail, quota, scope }: JsonObject): Place | null {
  if (stage === 'kill-switch' && typeof scope === 'string')
    return { label: 'Panic switch', to: 'panic', search: {} };
  if (typeof guardrail === 'string')
    return { label: `Guardrail ${guardrail}`, to: 'permissions', search: { tab: 'guardrails' } };
  if (typeof quota === 'string') return { label: `Quota ${quota}`, to: 'quotas', search: { q: quota } };
  if (stage === 'permission' && typeof role === 'string' && typeof tool === 'string')
    return {
      label: `Cell ${role} × ${tool}`,
      to: 'permissions',
      search: { cell: `${role}~${tool}`, why: true },
    };
  return null;
}

/** The roles the subject had then; undefined in records from before they were kept. */
export function rolesIn(trail: readonly TrailEntry[]): readonly string[] | undefined {
  const { roles } = objectOf(trail.find(({ stage }) => stage === 'identity')?.detail);
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : undefined;
}

export function trailStages(trail: readonly TrailEntry[]): StageView[] {
  const known = new Map<string, string>(STAGES);
  // A stage that is no longer in the pipeline still decided then.
  const names = [
    ...STAGES.map(([stage]) => stage),
    ...trail.map(({ stage }) => stage).filter((stage) => !known.has(stage)),
  ];
  return names.map((stage) => {
    const question = known.get(stage) ?? '';
    const entry = trail.find((each) => each.stage === stage);
    if (entry === undefined)
      return { stage, question, state: 'not_reached', effect: null, sentence: null, place: null, facts: [] };
    const detail = objectOf(entry.detail);
    if (entry.effect === 'pass')
      return {
        stage,
        question,
        state: 'passed',
        effect: null,
        sentence: inFavour(detail),
        place: placeOf(stage, detail),
        facts: [],
      };
    return {
      stage,
      question,
      state: 'objected',
      effect: entry.effect as Effect,
      sentence: entry.reason ? reasonSentence(entry.reason, detail) : null,
      place: placeOf(stage, detail),
      facts: factsOf(detail),
    };
  });
}

/** The sentence of a reason; a code that this console does not know is shown as it is. */
export function reasonSentence(reason: string, detail: unknown): string {
  try {
    return explain({ reason: reason as Reason, detail: objectOf(detail) }).admin;
  } catch {
    return reason;
  }
}

/** The ground in favour: the cell or the grant. */
function inFavour({ role, tool, grant, roles }: JsonObject): string | null {
  if (Array.isArray(roles))
    return roles.length === 0 ? 'The subject had no role.' : `The subject was ${roles.join(', ')}.`;
  if (typeof tool !== 'string') return null;
  if (typeof role === 'string') return `The cell ${role} × ${tool} allows it.`;
  return typeof grant === 'string' ? `A grant to this subject allows ${tool}.` : null;
}

const SHOWN_ELSEWHERE = new Set(['errors', 'tool', 'message']);
const NAMES: Readonly<Record<string, string>> = {
  resetsAt: 'resets',
  windowSeconds: 'window',
  id: 'switch',
  unanswerable: 'no answer',
};

/** A schema's errors each on a line of their own, named by the path. */
function factsOf(detail: JsonObject): (readonly [string, string])[] {
  const errors = Array.isArray(detail['errors']) ? detail['errors'] : [];
  return [
    ...Object.entries(detail)
      .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
      .map(([name, value]) => [NAMES[name] ?? name, valueOf(name, value)] as const),
    ...errors.map((error) => {
      const { path, message } = objectOf(error);
      return [
        typeof path === 'string' && path !== '' ? path : '(arguments)',
        typeof message === 'string' ? message : JSON.stringify(error),
      ] as const;
    }),
  ];
}

function valueOf(name: string, value: unknown): string {
  if (value === null) return 'never';
  if (name === 'windowSeconds' && typeof value === 'number') return `${value} s`;
  if (name === 'target' && value === '') return 'everything';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
