/** Answers and effects in words, for whoever reads a review without the console. */
import { cellCondition } from '../matrix/cell.js';
import type { PolicyChange } from '../document/diff.js';
import type { Answer } from '../matrix/answer.js';
import { targetOf } from '../matrix/target.js';
import type { PolicyEffect } from './effects.js';

/** The meaning of a cell of the matrix, for a legend. */
export const EFFECT_MEANING = {
  allow: 'may use the tool',
  approve: 'may use it once a person has approved the call',
  deny: 'may not, whatever other roles say',
  none: 'no grant: may not, unless another role may',
} as const;

const EFFECT = { allow: 'Allow', approve: 'Ask', deny: 'Deny', none: 'No' } as const;

/** `Deny when args.amount > 100, else Allow`. */
export function answerWords({ cells }: Answer): string {
  const words = cells.map((cell) => {
    const when = cellCondition(cell);
    return when === null ? EFFECT[cell.effect] : `${EFFECT[cell.effect]} when ${when}`;
  });
  const open = cells.length === 0 || cellCondition(cells.at(-1)!) !== null;
  return [...words, ...(open ? [EFFECT.none] : [])].join(', else ');
}

export interface EffectWords {
  readonly kind: string;
  /** Role, quota or what else changed. */
  readonly name: string;
  readonly tool: string | null;
  readonly before: string;
  readonly after: string;
  readonly inheritedFrom: string | null;
}

export function effectWords(effect: PolicyEffect): EffectWords {
  switch (effect.kind) {
    case 'permission': {
      const { kind, role, tool, before, after, inheritedFrom } = effect;
      return {
        kind,
        name: role,
        tool,
        before: answerWords(before),
        after: answerWords(after),
        inheritedFrom,
      };
    }
    case 'counting': {
      const { quota, tool, counts } = effect;
      const [before, after] = counts ? ['not counted', 'counted'] : ['counted', 'not counted'];
      return { kind: 'quota', name: quota, tool, before, after, inheritedFrom: null };
    }
    case 'change': {
      const { change } = effect;
      const cell = change.kind === 'cell' ? (change.after ?? change.before) : null;
      return {
        kind: change.kind,
        name: cell?.role ?? change.name,
        tool: cell === null ? (change.kind === 'tool' ? change.name : null) : targetOf(cell),
        ...sides(change),
        inheritedFrom: null,
      };
    }
  }
}

function sides({ before, after }: PolicyChange): { before: string; after: string } {
  if (before === null || after === null)
    return { before: before === null ? 'absent' : 'present', after: after === null ? 'absent' : 'present' };
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (member) => text(before, member) !== text(after, member),
  );
  const said = (value: object) => members.map((member) => `${member} ${text(value, member)}`).join(', ');
  return { before: said(before), after: said(after) };
}

const text = (value: object, member: string): string =>
  JSON.stringify((value as Record<string, unknown>)[member]) ?? 'none';
