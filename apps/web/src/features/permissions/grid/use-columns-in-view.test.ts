import { expect, it } from 'vitest';
import { drawnColumns } from './use-columns-in-view.js';

it.each([
  ['around what is in view', { first: 4, last: 12 }, { first: 0, last: 16 }, { first: 0, last: 16 }],
  ['not as far as the view went', { first: 4, last: 12 }, { first: 0, last: 8 }, { first: 0, last: 12 }],
  ['right beside it', { first: 4, last: 12 }, { first: 12, last: 16 }, { first: 4, last: 16 }],
  ['at the other end', { first: 30, last: 40 }, { first: 0, last: 16 }, { first: 30, last: 40 }],
])('what was drawn ahead %s', (_, inView, ahead, drawn) => {
  expect(drawnColumns(inView, ahead)).toEqual(drawn);
});
