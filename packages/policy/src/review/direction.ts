/**
 * Which way a change goes: whether agents may do more after it.
 *
 * Promise: no set of changes that are all called `narrows` or `neutral` lets a request through that was stopped before
 * (facts being equal, and what a publish ends being ended). Where that cannot be shown the answer is
 * `read_it_yourself`: a direction is never guessed from a condition, a schema or a rate.
 */
import type {
  PolicyAssistant,
  PolicyCell,
  PolicyDocument,
  PolicyGuardrail,
  PolicyQuota,
  PolicyRole,
  PolicyTool,
} from '../contract/policy-document.js';
import { isNever } from '../matrix/cell-condition.js';
import { same, type PolicyChange } from '../matrix/diff.js';
import { answerOf, Answers, grows, joined, reachOf, type Answer } from './answer.js';

/** In the order in which a reviewer reads them. */
export const DIRECTIONS = ['widens', 'read_it_yourself', 'narrows', 'neutral'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The two documents a change lies between, with what is asked of them again and again. */
export class Between {
  readonly was: Answers;
  readonly is: Answers;
  private readonly text: string;

  constructor(
    readonly before: PolicyDocument,
    readonly after: PolicyDocument,
  ) {
    this.was = new Answers(before);
    this.is = new Answers(after);
    this.text = [before, after].flatMap(expressionsOf).join('\n');
  }

  /** Whether a condition may look at a subject's roles, or at what a tool is. A word in a text counts too: to be sure. */
  mentions(what: keyof typeof MENTIONED): boolean {
    return MENTIONED[what].test(this.text);
  }

  /** Whether it is there after the change: nothing can be widened for what is gone. */
  knows(kind: 'tools' | 'assistants', name: string): boolean {
    return Object.hasOwn(this.after[kind], name);
  }
}

const MENTIONED = {
  roles: /\bsubject\b(?!\s*\.\s*(?:type|id|properties)\b)/,
  tool: /\btool\b(?!\s*\.\s*name\b)/,
} as const;

export function directionOf(change: PolicyChange, between: Between): Direction {
  switch (change.kind) {
    case 'cell':
      return ofCell(change.before, change.after, between);
    case 'tool':
      return ofTool(change.before, change.after, between);
    case 'role':
      return ofRole(change.name, change.before, between);
    case 'guardrail':
      return ofGuardrail(change.before, change.after, between);
    case 'quota':
      return ofQuota(change.before, change.after, between);
    case 'assistant':
      return ofAssistant(change.before, change.after);
  }
}

/** What widens anywhere widens; what nobody can tell is not called narrow. */
export function together(directions: readonly Direction[]): Direction {
  return DIRECTIONS.find((one) => directions.includes(one)) ?? 'neutral';
}

// --- cells -----------------------------------------------------------------------------------------------------------

function ofCell(before: PolicyCell | null, after: PolicyCell | null, between: Between): Direction {
  const { tool } = (after ?? before)!;
  // The tool's own removal says it.
  if (!between.knows('tools', tool)) return 'neutral';
  const alone = (cell: PolicyCell | null) => answerOf(cell === null || isNever(cell) ? [] : [cell]);
  return ofAnswer(alone(before), alone(after));
}

export function ofAnswer(before: Answer, after: Answer): Direction {
  const was = reachOf(before);
  const is = reachOf(after);
  const more = grows(was.allow, is.allow) || grows(is.deny, was.deny);
  const less = grows(is.allow, was.allow) || grows(was.deny, is.deny);
  const asked = (reach: typeof was) => joined(reach.allow, reach.approve);
  const asksMore = grows(asked(was), asked(is));
  if (more) return less ? 'read_it_yourself' : 'widens';
  if (less) return asksMore ? 'read_it_yourself' : 'narrows';
  const asksLess = grows(asked(is), asked(was));
  if (asksMore) return asksLess ? 'read_it_yourself' : 'widens';
  return asksLess ? 'narrows' : 'neutral';
}

// --- tools -----------------------------------------------------------------------------------------------------------

function ofTool(before: PolicyTool | null, after: PolicyTool | null, between: Between): Direction {
  // Nobody may do anything with a new tool yet: the cells that say so are changes of their own.
  if (before === null) return 'neutral';
  if (after === null) return 'narrows';
  const seen = (['class', 'owner', 'server', 'reversible'] as const).some(
    (member) => before[member] !== after[member],
  );
  return together([
    ofClass(before.class, after.class),
    ofSchema(before.schema, after.schema),
    seen && after.class !== 'human_only' && between.mentions('tool') ? 'read_it_yourself' : 'neutral',
    before.untrustedOutput === after.untrustedOutput
      ? 'neutral'
      : after.untrustedOutput
        ? 'narrows'
        : 'widens',
  ]);
}

/** A class is counted by quotas and stopped by switches, so a stricter one may well be out of reach of both. */
function ofClass(before: PolicyTool['class'], after: PolicyTool['class']): Direction {
  if (before === after) return 'neutral';
  if (after === 'human_only') return 'narrows';
  return before === 'human_only' || after === 'read' ? 'widens' : 'read_it_yourself';
}

/** What says nothing about a value. */
const ANNOTATIONS = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples', 'deprecated']);

function ofSchema(before: PolicyTool['schema'], after: PolicyTool['schema']): Direction {
  if (same(before, after)) return 'neutral';
  const open = (schema: PolicyTool['schema']) => Object.keys(schema).every((key) => ANNOTATIONS.has(key));
  if (open(after)) return open(before) ? 'neutral' : 'widens';
  return open(before) ? 'narrows' : 'read_it_yourself';
}

// --- roles -----------------------------------------------------------------------------------------------------------

function ofRole(name: string, before: PolicyRole | null, between: Between): Direction {
  // Nobody has a new role yet, and whoever inherits it is a change of its own.
  if (before === null) return 'neutral';
  const had = between.was.closure(name);
  const has = between.is.closure(name);
  const lost = had.filter((role) => !has.includes(role));
  const gained = has.filter((role) => !had.includes(role));
  if (lost.length + gained.length === 0) return 'neutral';
  return together([
    between.mentions('roles') ? 'read_it_yourself' : 'neutral',
    lost.length === 0 ? 'neutral' : ofLost(lost, between),
    ...gained.map((role) => ofGained(role, between)),
  ]);
}

/** Roles taken away take their denials and their quotas along. */
function ofLost(roles: readonly string[], between: Between): Direction {
  const cells = roles.flatMap((role) => [...between.was.cellsOf(role)]);
  const counted = Object.values(between.before.quotas).some(
    ({ per, holder }) => per === 'role' && holder !== undefined && roles.includes(holder),
  );
  return counted || cells.some(({ effect }) => effect === 'deny') ? 'widens' : 'narrows';
}

function ofGained(role: string, { is }: Between): Direction {
  const effects = new Set(Array.from(is.cellsOf(role), ({ effect }) => effect));
  if (effects.has('allow') || effects.has('approve')) return 'widens';
  return 'narrows';
}

// --- guardrails ------------------------------------------------------------------------------------------------------

function ofGuardrail(
  before: PolicyGuardrail | null,
  after: PolicyGuardrail | null,
  between: Between,
): Direction {
  const on = (guardrail: PolicyGuardrail | null) => {
    const tools = guardrail?.tools.filter((tool) => between.knows('tools', tool)) ?? [];
    return guardrail?.enabled === true && tools.length > 0 ? { ...guardrail, tools } : null;
  };
  const was = on(before);
  const is = on(after);
  if (was === null) return is === null ? 'neutral' : 'narrows';
  if (is === null) return 'widens';
  return together([
    ofLists(is.tools, was.tools),
    ofApplies(was.when?.trim(), is.when?.trim()),
    ...ofChecks(was.checks, is.checks),
  ]);
}

/** When it applies: one that nobody can answer denies, so less of it is no more. */
function ofApplies(before: string | undefined, after: string | undefined): Direction {
  const was = before ?? 'true';
  const is = after ?? 'true';
  if (was === is) return 'neutral';
  if (is === 'false' || was === 'true') return 'widens';
  return was === 'false' ? 'narrows' : 'read_it_yourself';
}

type Checks = PolicyGuardrail['checks'];

function ofChecks(before: Checks, after: Checks): Direction[] {
  const was = before.map(({ must }) => must.trim());
  const is = after.map(({ must }) => must.trim());
  const gone = was.filter((must) => must !== 'true' && !is.includes(must));
  const added = is.filter((must) => must !== 'true' && !was.includes(must));
  // One that always fails leaves nothing for the others to stop.
  if (is.includes('false')) return [was.includes('false') ? 'neutral' : 'narrows'];
  if (gone.length === 0) return [added.length === 0 ? 'neutral' : 'narrows'];
  return [added.length === 0 || gone.includes('false') ? 'widens' : 'read_it_yourself'];
}

// --- quotas and assistants -------------------------------------------------------------------------------------------

/** A window that is longer and a limit that is lower leave fewer calls whenever they come; nothing else is certain. */
function ofQuota(before: PolicyQuota | null, after: PolicyQuota | null, between: Between): Direction {
  if (before === null) return 'narrows';
  if (after === null) {
    const { per, holder, tool } = before;
    const idle =
      (tool !== undefined && !between.knows('tools', tool)) ||
      (per === 'assistant' && holder !== undefined && !between.knows('assistants', holder));
    return idle ? 'neutral' : 'widens';
  }
  const moved = (['per', 'holder', 'tool', 'toolClass'] as const).some(
    (member) => before[member] !== after[member],
  );
  if (moved) return 'read_it_yourself';
  const fewer = after.limit <= before.limit && after.windowSeconds >= before.windowSeconds;
  const more = after.limit >= before.limit && after.windowSeconds <= before.windowSeconds;
  if (fewer) return more ? 'neutral' : 'narrows';
  return more ? 'widens' : 'read_it_yourself';
}

function ofAssistant(before: PolicyAssistant | null, after: PolicyAssistant | null): Direction {
  const reach = (assistant: PolicyAssistant | null) => (assistant?.enabled === true ? assistant.tools : []);
  return ofLists(reach(before), reach(after));
}

/** `after` lets through what is on it. */
function ofLists(before: readonly string[], after: readonly string[]): Direction {
  const was = new Set(before);
  const is = new Set(after);
  if (after.some((one) => !was.has(one))) return 'widens';
  return before.some((one) => !is.has(one)) ? 'narrows' : 'neutral';
}

function expressionsOf({ cells, guardrails }: PolicyDocument): string[] {
  const rules = Object.values(guardrails);
  return [
    ...cells.map(({ when }) => when ?? ''),
    ...rules.map(({ when }) => when ?? ''),
    ...rules.flatMap(({ checks }) => checks.map(({ must }) => must)),
  ];
}
