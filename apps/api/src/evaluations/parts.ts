/**
 * Many questions of one request, a turn's worth at a time: others are served in between, so nobody waits for all of them.
 * They stay in their order, and each part is one transaction: where a later one fails, the request has no answer, and what
 * was decided before it stands as recorded.
 */
import { endsBatch } from '@reeve/policy';
import type { Ask, Evaluated } from './work.js';

/** `submit` answers the parts in the order they come in. */
export async function inParts(
  ask: Ask,
  size: number,
  submit: (part: Ask) => Promise<readonly Evaluated[]>,
): Promise<readonly Evaluated[]> {
  if (ask.requests.length <= size) return submit(ask);
  const parts = partsOf(ask, size);
  // Where no answer ends it they wait together: who is alone is served as one.
  if (ask.semantic === 'execute_all') return (await Promise.all(parts.map(submit))).flat();
  const evaluated: Evaluated[] = [];
  for (const part of parts) {
    evaluated.push(...(await submit(part)));
    if (endsBatch(ask.semantic, evaluated.at(-1)!.decision.effect === 'allow')) break;
  }
  return evaluated;
}

function partsOf(ask: Ask, size: number): Ask[] {
  const { requests, bytes } = ask;
  return Array.from({ length: Math.ceil(requests.length / size) }, (_, i) => {
    const part = requests.slice(i * size, (i + 1) * size);
    const share = bytes === undefined ? {} : { bytes: Math.ceil((bytes * part.length) / requests.length) };
    return { ...ask, requests: part, ...share };
  });
}
