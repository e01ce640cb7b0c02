/** A change in words, for people who review it. */
import type { PolicyChange } from '@reeve/policy';
import { words } from '../format.js';

export const EFFECT_WORD = { none: 'No', allow: 'Allow', approve: 'Ask', deny: 'Deny' } as const;
/** A cell is a permission to whoever reads of one. */
export const kindWord = (kind: PolicyChange['kind']): string =>
  kind === 'cell' ? 'permission' : words(kind);

/** `1 change`, `4 changes`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** 90 s, 5 min, 1 h, 7 d: the largest unit that divides. */
export function windowWords(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
  ] as const;
  const unit = units.find(([, size]) => seconds % size === 0);
  return unit === undefined ? `${seconds} s` : `${seconds / unit[1]} ${unit[0]}`;
}

const scalar = (value: unknown): string => {
  if (value === undefined || value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
};

export interface MemberChange {
  readonly member: string;
  readonly before: string;
  readonly after: string;
}

/** The difference inside, member by member; lists as what was added and removed. */
export function memberChanges({ before, after }: PolicyChange): MemberChange[] {
  const was = (before ?? {}) as Record<string, unknown>;
  const is = (after ?? {}) as Record<string, unknown>;
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((member) => JSON.stringify(was[member]) !== JSON.stringify(is[member]))
    .map((member) => ({ member, ...sides(was[member], is[member]) }));
}

function sides(before: unknown, after: unknown): { before: string; after: string } {
  if (isNames(before) && isNames(after)) {
    const gone = before.filter((name) => !after.includes(name));
    const added = after.filter((name) => !before.includes(name));
    return { before: gone.join(', ') || '…', after: added.join(', ') || '…' };
  }
  return { before: scalar(before), after: scalar(after) };
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** `+3 allow`, `+1 ask`, `−2 no`, `1 quota`: what a draft does, shortest first glance. */
export interface DraftCount {
  readonly effect: 'allow' | 'approve' | 'deny' | 'none' | null;
  readonly text: string;
}

export function draftCounts(changes: readonly PolicyChange[]): DraftCount[] {
  const count = (effect: string) =>
    changes.filter((c) => c.kind === 'cell' && (c.after?.effect ?? 'none') === effect).length;
  const cells = (['allow', 'approve', 'deny', 'none'] as const)
    .map((effect): DraftCount & { n: number } => {
      const n = count(effect);
      const sign = effect === 'none' ? '−' : '+';
      return {
        n,
        effect,
        text: `${sign}${n} ${effect === 'none' ? 'removed' : EFFECT_WORD[effect].toLowerCase()}`,
      };
    })
    .filter(({ n }) => n > 0);
  // In the order of the changes, which is the kinds'; asking for their table would load every schema there is.
  const others = [...new Set(changes.map(({ kind }) => kind))]
    .filter((kind) => kind !== 'cell')
    .map((kind): DraftCount => {
      const n = changes.filter((c) => c.kind === kind).length;
      return { effect: null, text: counted(n, kindWord(kind)) };
    });
  return [...cells.map(({ effect, text }) => ({ effect, text })), ...others];
}
