/** A verdict in a few words, each with its place. */
import type { Verdict } from '@reeve/audit/chain';
import { count } from '../../shared/format.js';

export function headline(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'verified':
      return verdict.scope === 'range' ? 'Verified' : 'Verified row by row';
    case 'consistent':
      return verdict.scope === 'range'
        ? 'Consistent; signatures not checked'
        : 'Consistent row by row; signatures not checked';
    case 'broken':
      return verdict.seq === null
        ? `Broken at line ${verdict.line ?? '?'}`
        : `Broken at #${count(verdict.seq)}`;
    case 'incomplete':
      if (verdict.missing === null) return 'Incomplete: no manifest';
      return verdict.lacks === 'lines'
        ? `Incomplete: ${count(verdict.unread.length)} too long to read`
        : `Incomplete: ${count(verdict.missing)} missing`;
    case 'unknown_key':
      return `Unknown key ${verdict.key}`;
  }
}
