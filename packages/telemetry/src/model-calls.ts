/**
 * Promises: the twigs that are model calls, each told once. Where two instrumentations tell of one call, one stands within the other: the inner
 * one is it, unless it says nothing of tokens and the outer does. What an agent or a tool does in between is a call of
 * its own, and so is an embedding within a chat.
 */
import { MODEL_OPERATIONS, type Span } from './span.js';
import type { Twig } from './trace-tree.js';

export function callsOf(twigs: readonly Twig[]): ReadonlySet<Twig> {
  const below = new Map<Twig, Told>();
  for (const twig of [...twigs].reverse())
    below.set(twig, either(twig.children.map((child) => toldBy(child, below))));
  const calls = new Set<Twig>();
  const covered = new Map<Twig, ReadonlySet<Family>>(); // families whose call a twig above tells, tokens and all
  for (const twig of twigs) {
    const { span, parent } = twig;
    const above = (parent === null || isBoundary(twig) ? undefined : covered.get(parent)) ?? NONE;
    const family = familyOf(span);
    const inner = below.get(twig) ?? NOBODY;
    const told = family !== null && (span.tokens === null ? inner.any : inner.tokens).has(family);
    const silent = family !== null && span.tokens === null && above.has(family);
    const isCall = family !== null && !told && !silent;
    if (isCall) calls.add(twig);
    covered.set(twig, isCall && span.tokens !== null ? new Set([...above, family]) : above);
  }
  return calls;
}

type Family = 'generation' | 'embeddings';

/** Of which families there are model spans, and such with tokens. */
interface Told {
  readonly any: ReadonlySet<Family>;
  readonly tokens: ReadonlySet<Family>;
}

const NONE: ReadonlySet<Family> = new Set();
const NOBODY: Told = { any: NONE, tokens: NONE };

const familyOf = ({ operation }: Span): Family | null =>
  operation === 'embeddings' ? 'embeddings' : MODEL_OPERATIONS.has(operation) ? 'generation' : null;

/** What a twig tells to those above it. */
function toldBy(twig: Twig, below: ReadonlyMap<Twig, Told>): Told {
  if (isBoundary(twig)) return NOBODY;
  const family = familyOf(twig.span);
  const inner = below.get(twig) ?? NOBODY;
  if (family === null) return inner;
  const one = new Set([family]);
  return either([inner, { any: one, tokens: twig.span.tokens === null ? NONE : one }]);
}

function either(told: readonly Told[]): Told {
  if (told.length < 2) return told[0] ?? NOBODY;
  return {
    any: new Set(told.flatMap(({ any }) => [...any])),
    tokens: new Set(told.flatMap(({ tokens }) => [...tokens])),
  };
}

const isBoundary = ({ span }: Twig) =>
  span.operation === 'execute_tool' ||
  span.operation === 'invoke_agent' ||
  span.operation === 'invoke_workflow';
