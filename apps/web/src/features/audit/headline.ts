/** A verdict in a few words, each with its place. */
import type { Verdict } from '@reeve/audit/chain';
import { count } from '../../shared/format.js';

export function headline(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'verified':
      return verdict.scope === 'range' ? 'Verified at chain level' : 'Verified row by row at hash level';
    case 'broken':
      return verdict.seq === null
        ? `Broken at line ${verdict.line ?? '?'}`
        : `Broken at #${count(verdict.seq)}`;
    case 'incomplete':
      return verdict.missing === null
        ? 'Incomplete: no manifest'
        : `Incomplete: ${count(verdict.missing)} missing`;
    case 'unknown_key':
      return `Unknown key ${verdict.key}`;
  }
}
