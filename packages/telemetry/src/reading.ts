/** Promises: what the spans of a trace say of each other: whose they are, where they stand and what they count as. */
import { callsOf } from './model-calls.js';
import type { Span, TraceWide } from './span.js';
import type { Twig } from './trace-tree.js';

/** What a span counts as: a node's visit, a model call, a tool call, or none of these. */
export const ROLES = ['visit', 'call', 'tool', 'other'] as const;
export type Role = (typeof ROLES)[number];

/** Evaluations and experiments of the telemetry's own makers are no users' traffic. */
export const TRAFFIC = ['live', 'evaluation'] as const;
export type Traffic = (typeof TRAFFIC)[number];

const WIDE = [
  'assistant',
  'version',
  'user',
  'thread',
  'run',
  'route',
  'segment',
  'channel',
  'environment',
] as const satisfies readonly (keyof TraceWide)[];

interface Place {
  readonly node: string | null;
  readonly role: Role;
}

export class Reading {
  readonly traffic: Traffic;
  private readonly wide = new Map<string, TraceWide>();
  private readonly places = new Map<string, Place>();

  /** Twigs each behind its parent, as `treeOf` has them. */
  constructor(twigs: readonly Twig[]) {
    const fallback = fallbackOf(twigs.map(({ span }) => span));
    const inherited = new Map<Twig, TraceWide>();
    const calls = callsOf(twigs);
    const within = new Map<Twig, Within>();
    this.traffic = twigs.some(({ span }) => isEvaluation(span.environment)) ? 'evaluation' : 'live';
    for (const twig of twigs) {
      const { span, parent } = twig;
      const above = parent === null ? null : (inherited.get(parent) ?? null);
      const own = filled(span, above);
      inherited.set(twig, own);
      this.wide.set(span.spanId, filled(own, fallback));
      const around = (parent === null ? undefined : within.get(parent)) ?? NOWHERE;
      const node = nodeOf(span, parent === null ? null : (this.places.get(parent.span.spanId)?.node ?? null));
      const role = calls.has(twig) ? 'call' : roleOf(span, node, around);
      this.places.set(span.spanId, { node, role });
      within.set(twig, withinOf(span, node, role, around));
    }
  }

  wideOf(span: Span): TraceWide {
    return this.wide.get(span.spanId) ?? span;
  }

  placeOf(span: Span): Place {
    return this.places.get(span.spanId) ?? { node: null, role: 'other' };
  }
}

/** The first, with what the second says where it says nothing. */
function filled(own: TraceWide, other: TraceWide | null): TraceWide {
  const wide = { ...NOTHING };
  for (const name of WIDE) wide[name] = own[name] ?? other?.[name] ?? null;
  return wide;
}

const NOTHING: { -readonly [Name in keyof TraceWide]: TraceWide[Name] } = {
  assistant: null,
  version: null,
  user: null,
  thread: null,
  run: null,
  route: null,
  segment: null,
  channel: null,
  environment: null,
};

/** What no ancestor says: the root, then whichever span says it first in time. */
function fallbackOf(spans: readonly Span[]): TraceWide {
  const inTime = [...spans].sort((a, b) => {
    if ((a.parentSpanId === null) !== (b.parentSpanId === null)) return a.parentSpanId === null ? -1 : 1;
    if (a.start !== b.start) return a.start < b.start ? -1 : 1;
    return a.spanId < b.spanId ? -1 : 1;
  });
  const wide = { ...NOTHING };
  for (const name of WIDE) wide[name] = inTime.find((span) => span[name] !== null)?.[name] ?? null;
  wide.assistant ??=
    inTime.find(({ operation, agent }) => operation === 'invoke_agent' && agent !== null)?.agent ?? null;
  return wide;
}

/** Langfuse's own judges and experiments run in environments of these names. */
const isEvaluation = (environment: string | null) =>
  environment !== null && (environment === 'sdk-experiment' || environment.startsWith('langfuse-'));

/** A graph's node that is named, an agent for itself, else what it stands in; last, whose step it says it is. */
function nodeOf(span: Span, around: string | null): string | null {
  const itself = span.operation === 'invoke_agent' ? span.agent : null;
  return span.node ?? itself ?? around ?? span.agent;
}

/** What a twig stands in that may be told once more: the visit of a node, past no tool; a tool's call, past no step. */
interface Within {
  readonly visit: string | null;
  readonly tool: string | null;
}
const NOWHERE: Within = { visit: null, tool: null };

function withinOf(span: Span, node: string | null, role: Role, around: Within): Within {
  switch (role) {
    case 'visit':
      return { visit: node, tool: null };
    case 'call':
      return { visit: around.visit, tool: null };
    case 'tool':
      return { visit: null, tool: span.tool };
    case 'other':
      return around;
  }
}

/** Two instrumentations tell of one visit, or of one tool's call (an MCP client and its server), one within the other. */
function roleOf(span: Span, node: string | null, around: Within): Role {
  if (span.operation === 'execute_tool')
    return span.tool !== null && span.tool === around.tool ? 'other' : 'tool';
  const isStep = span.operation === 'node' || span.operation === 'invoke_agent';
  return isStep && node !== null && node !== around.visit ? 'visit' : 'other';
}
