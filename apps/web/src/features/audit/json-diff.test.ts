import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDiff } from './json-diff.js';

test('names the paths that differ, and only those', () => {
  expect(jsonDiff({ a: 1, b: { c: [1], d: 2 } }, { a: 1, b: { c: [1, 2] }, e: null })).toEqual([
    { path: 'b.c', before: [1], after: [1, 2] },
    { path: 'b.d', before: 2, after: undefined },
    { path: 'e', before: undefined, after: null },
  ]);
});

test('a value does not differ from itself', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => jsonDiff(value, structuredClone(value)).length === 0));
});
