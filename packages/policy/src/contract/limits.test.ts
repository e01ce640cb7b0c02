import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitBroken, LIMITS } from './limits.js';

const nested = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 1);

test('as deep as is allowed, and one deeper', () => {
  expect(limitBroken(nested(LIMITS.depth))).toBeNull();
  expect(limitBroken(nested(LIMITS.depth + 1))).toEqual({
    path: '/a'.repeat(LIMITS.depth),
    message: 'nested deeper than 32',
  });
});

test('a depth that would break recursion is only a number', () => {
  expect(limitBroken(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toMatchObject({
    message: /deeper/,
  });
});

test('as many values as are allowed, and more', () => {
  expect(limitBroken({ a: Array(LIMITS.values - 2).fill(0) })).toBeNull();
  expect(limitBroken({ a: Array(LIMITS.values).fill(0) })).toMatchObject({
    message: 'more than 10000 values',
  });
});

test('a member that would be the prototype is refused with its path', () => {
  expect(limitBroken(JSON.parse('{"context":{"a/b":[{"__proto__":{"x":1}}]}}'))).toEqual({
    path: '/context/a~1b/0/__proto__',
    message: 'not a name a member can have',
  });
  expect(limitBroken({ constructor: 1, prototype: 1 })).toBeNull();
});

test('a name that is a book is refused', () => {
  expect(limitBroken({ ['x'.repeat(257)]: 1 })).toMatchObject({ message: /name/ });
});

test('takes anything that JSON can say', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(limitBroken(value) === null || typeof limitBroken(value)?.path === 'string').toBe(true);
    }),
  );
});
