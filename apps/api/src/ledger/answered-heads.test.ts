import { expect, it } from 'vitest';
import { AnsweredHeads } from './answered-heads.js';

const head = (seq: number, branch = 'a') => ({ tenantId: 't', seq, hash: `${branch}${seq}` });

it('holds the last one of a process that is alone, however many it has answered', () => {
  const answered = new AnsweredHeads();
  for (let seq = 1; seq <= 9; seq += 1) answered.note(head(seq), head(seq - 1));
  expect(answered.heads()).toEqual([head(9)]);
  answered.lookedFor(answered.heads(), new Set());
  expect(answered.heads()).toEqual([head(9)]);
});

it.each([
  ['went back', head(7, 'b'), head(6)],
  ['went back and was overtaken', head(20, 'b'), head(19, 'b')],
  ['was moved by another process', head(11), head(10)],
])('keeps what was answered when the ledger %s before anybody looked', (_what, next, from) => {
  const answered = new AnsweredHeads();
  answered.note(head(9), head(8));
  answered.note(next, from);
  expect(answered.heads()).toEqual([head(9), next]);
  answered.lookedFor(answered.heads(), new Set());
  expect(answered.heads()).toEqual([next]);
});

it('does not look again for what was told to be gone, and keeps what came meanwhile', () => {
  const answered = new AnsweredHeads();
  answered.note(head(9), head(8));
  const looked = answered.heads();
  answered.note(head(10), head(9));
  answered.lookedFor(looked, new Set(looked));
  expect(answered.heads()).toEqual([head(10)]);
});
