/**
 * Promises: the spans of a trace as trees, from the set of them: parents that are not there make roots, and so do
 * parents in a ring. Nothing depends on the order in which the spans were given.
 */
import { merge } from './merge.js';
import type { Span } from './span.js';

export interface Twig {
  readonly span: Span;
  readonly parent: Twig | null;
  readonly children: readonly Twig[];
}

/** Every span once, each behind its parent. */
export function treeOf(trace: readonly Span[]): readonly Twig[] {
  const twigs = new Map<string, MutableTwig>();
  for (const span of distinct(trace)) twigs.set(span.spanId, { span, parent: null, children: [] });
  const inRing = ringsOf(twigs);
  for (const twig of twigs.values()) {
    const parent = twigs.get(twig.span.parentSpanId ?? '');
    if (parent === undefined || inRing.has(twig)) continue;
    twig.parent = parent;
    parent.children.push(twig);
  }
  const ordered: Twig[] = [...twigs.values()].filter(({ parent }) => parent === null);
  for (const twig of ordered) for (const child of twig.children) ordered.push(child); // grows while it is read
  return ordered;
}

interface MutableTwig extends Twig {
  parent: MutableTwig | null;
  readonly children: MutableTwig[];
}

/** By id, sorted; of several with one id the one that `merge` says. */
function distinct(trace: readonly Span[]): readonly Span[] {
  const spans = new Map<string, Span>();
  for (const span of trace) {
    const before = spans.get(span.spanId);
    spans.set(span.spanId, before === undefined ? span : merge(before, span));
  }
  return [...spans.values()].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

/** Twigs that are their own ancestors. */
function ringsOf(twigs: ReadonlyMap<string, MutableTwig>): ReadonlySet<Twig> {
  const rings = new Set<Twig>();
  const walked = new Map<Twig, Twig>(); // by which walk
  for (const first of twigs.values()) {
    let twig: Twig | undefined = first;
    while (twig !== undefined && !walked.has(twig)) {
      walked.set(twig, first);
      twig = twigs.get(twig.span.parentSpanId ?? '');
    }
    if (twig === undefined || walked.get(twig) !== first || rings.has(twig)) continue;
    for (let one: Twig | undefined = twig; one !== undefined && !rings.has(one);) {
      rings.add(one);
      one = twigs.get(one.span.parentSpanId ?? '');
    }
  }
  return rings;
}
