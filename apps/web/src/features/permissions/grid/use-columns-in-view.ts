/**
 * Which columns are drawn: those in view with the focused one, and some to either side that are drawn when nothing else
 * is to do. So a step to the side finds the next column there, and costs the move alone.
 */
import type { Virtualizer } from '@tanstack/react-virtual';
import { startTransition, useEffect, useState } from 'react';

export interface Columns {
  readonly first: number;
  /** Not one of them. */
  readonly last: number;
}
/**
 * Drawn ahead to either side, and how many of them there have to be still. So many that a key which is held down finds
 * them there until it is let go: while it is held the browser is never idle for long.
 */
const AHEAD = 40;
const AHEAD_MIN = 8;

export function useColumnsInView(
  across: Virtualizer<HTMLDivElement, Element>,
  focused: number,
  count: number,
): Columns {
  const shown = across.getVirtualItems();
  const first = Math.min(focused, shown[0]?.index ?? focused);
  const last = Math.min(count, Math.max(focused, shown.at(-1)?.index ?? focused) + 1);
  const [ahead, setAhead] = useState<Columns>({ first, last });
  const enough =
    ahead.first <= Math.max(0, first - AHEAD_MIN) && ahead.last >= Math.min(count, last + AHEAD_MIN);
  useEffect(() => {
    if (enough) return undefined;
    const next = { first: Math.max(0, first - AHEAD), last: Math.min(count, last + AHEAD) };
    return whenIdle(() => startTransition(() => setAhead(next)));
  }, [enough, first, last, count]);
  return drawnColumns({ first, last }, { first: ahead.first, last: Math.min(count, ahead.last) });
}

/** What was drawn ahead is of use where it touches what is in view: not after a jump to the other end. */
export function drawnColumns(inView: Columns, ahead: Columns): Columns {
  if (ahead.last < inView.first || ahead.first > inView.last) return inView;
  return { first: Math.min(inView.first, ahead.first), last: Math.max(inView.last, ahead.last) };
}

/** Not every browser says when it is idle. Answers with how to take it back. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
