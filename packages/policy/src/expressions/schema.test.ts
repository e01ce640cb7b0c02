import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../vocabulary.js';
import { ExpressionError } from './expression-error.js';
import { compileSchema } from './schema.js';

const check = (schema: JsonObject, args: Json) => compileSchema(schema)(args);

test('each error has the path of what is wrong and quotes no value', () => {
  const schema = {
    type: 'object',
    properties: {
      a: { const: 'x' },
      b: { enum: ['y', 'z'] },
      c: { type: 'integer', minimum: 3 },
      'd/e~': { type: 'string' },
      f: { uniqueItems: true },
    },
    required: ['g'],
    additionalProperties: false,
  };
  const errors = check(schema, {
    a: 'secret',
    b: 'secret',
    c: 'secret',
    'd/e~': 5,
    f: ['secret', 'secret'],
    h: 'secret',
  });
  expect(errors).toEqual(
    expect.arrayContaining([
      { path: '/g', message: 'is required' },
      { path: '/h', message: 'is not an argument of this tool' },
      { path: '/a', message: 'must be "x"' },
      { path: '/b', message: 'must be one of ["y","z"]' },
      { path: '/d~1e~0', message: 'must be string' },
      { path: '/f', message: 'must not have an item twice' },
    ]),
  );
  expect(JSON.stringify(errors)).not.toContain('secret');
});

test('a member of the prototype is not a member', () => {
  expect(check({ type: 'object', required: ['constructor'] }, {})).toHaveLength(1);
  expect(check({ type: 'object', properties: { toString: { type: 'string' } } }, {})).toEqual([]);
});

test.each([
  ['a type nobody knows', { type: 'nonsense' }],
  ['a keyword nobody knows', { minimun: 3 }],
  ['a format nobody knows', { type: 'string', format: 'nope' }],
  ['a reference that leads nowhere', { $ref: '#/$defs/none' }],
  ['a reference to somewhere else', { $ref: 'https://example.com/schema' }],
  ['a pattern with look-around, which is not linear', { type: 'string', pattern: '(?=a)' }],
  ['an asynchronous schema, whose answer is never a no', { $async: true, type: 'object' }],
  ['a name within, which other tenants could refer to', { $defs: { a: { $id: 'https://example.com/a' } } }],
  ['an asynchronous subschema', { properties: { a: { $async: true } } }],
])('refuses %s', (_, schema) => {
  expect(() => compileSchema(schema)).toThrow(ExpressionError);
});

test('two schemas of one name do not meet', () => {
  expect(check({ $id: 'same', type: 'object' }, {})).toEqual([]);
  expect(check({ $id: 'same', type: 'string' }, {})).toHaveLength(1);
});

describe('bounded work', () => {
  const soon = (run: () => unknown) => {
    const started = performance.now();
    run();
    expect(performance.now() - started).toBeLessThan(2000);
  };

  test('a reference that branches into itself ends without fitting', () => {
    const deeper = { properties: { x: { $ref: '#/$defs/a' } } };
    const schema = {
      $defs: {
        a: {
          anyOf: [
            { ...deeper, required: ['q'] },
            { ...deeper, required: ['z'] },
          ],
        },
      },
      $ref: '#/$defs/a',
    };
    const args = Array.from({ length: 28 }).reduce<Json>((inner) => ({ x: inner }), {});
    soon(() => expect(check(schema, args)).toEqual([{ path: '', message: 'take too long to check' }]));
  });

  test('references that double without arguments end, too', () => {
    const levels = Array.from({ length: 30 }, (_, i) => [
      `l${i}`,
      i === 29
        ? { type: 'number' }
        : { allOf: [{ $ref: `#/$defs/l${i + 1}` }, { $ref: `#/$defs/l${i + 1}` }] },
    ]);
    const schema = { $defs: Object.fromEntries(levels) as JsonObject, $ref: '#/$defs/l0' };
    soon(() => expect(check(schema, 1)).toEqual([{ path: '', message: 'take too long to check' }]));
  });

  test('a recursive schema that does not branch is fine', () => {
    const schema = {
      type: 'object',
      properties: { next: { $ref: '#' }, v: { type: 'number' } },
      required: ['v'],
    };
    expect(check(schema, { v: 1, next: { v: 2, next: { v: 3 } } })).toEqual([]);
    expect(check(schema, { v: 1, next: { v: 2, next: {} } })).toEqual([
      { path: '/next/next/v', message: 'is required' },
    ]);
  });

  test('unique objects, patterns and formats', () => {
    const objects = Array.from({ length: 4900 }, (_, i) => ({ a: i }));
    soon(() => expect(check({ type: 'array', uniqueItems: true }, objects)).toEqual([]));
    expect(
      check({ type: 'array', uniqueItems: true }, [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toHaveLength(1);
    soon(() =>
      expect(check({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}b`)).toHaveLength(1),
    );
    for (const format of ['email', 'uri', 'hostname', 'ipv6', 'date-time', 'uri-template', 'duration'])
      soon(() => check({ type: 'string', format }, `${'a-1:.'.repeat(40_000)}{`));
  });

  test('no more errors than teach', () => {
    const items = Array.from({ length: 4000 }, () => ({}));
    expect(check({ type: 'array', items: { type: 'object', required: ['a', 'b'] } }, items)).toHaveLength(20);
  });
});

describe('decimals', () => {
  test.each([
    [0.01, 19.99, true],
    [0.01, 143.48, true],
    [0.01, 8.69, true],
    [0.01, 8.695, false],
    [0.01, -19.99, true],
    [0.1, 0.3, true],
    [0.1, 1e300, true],
    [1e-7, 3e-7, true],
    [1e-7, 2.5e-7, false],
    [1e300, 1e300, true],
    [1e300, 1.5e300, false],
    [2.5, 5e-324, false],
    [3, 9, true],
    [3, 10, false],
    [0.5, 0, true],
  ])('a multiple of %d: %d is %s', (multipleOf, value, wanted) => {
    expect(check({ multipleOf }, value).length === 0).toBe(wanted);
  });
});

describe('what is too much is refused with its place', () => {
  const deep = (depth: number, around: (inner: Json) => Json) =>
    Array.from({ length: depth }).reduce<Json>((inner) => around(inner), {});
  const many = (count: number, of: (i: number) => Json) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, of(i)]));
  test.each<[string, JsonObject, string, RegExp]>([
    ['nesting', deep(100, (not) => ({ not })) as JsonObject, '/not/not', /nested deeper/],
    ['nesting of anything', { default: deep(100, (a) => [a]) }, '/default/0/0', /nested deeper/],
    [
      'subschemas',
      { allOf: Array.from({ length: 5_000 }, () => ({})) },
      '/allOf/3999',
      /more than 4000 schemas/,
    ],
    [
      'names',
      { properties: { a: { required: Object.keys(many(21_000, () => 1)) } } },
      '/properties/a/required',
      /names/,
    ],
    ['patterns', { patternProperties: many(300, () => true) }, '/patternProperties/p200', /200 patterns/],
    [
      'one pattern',
      { properties: { a: { pattern: '(?:(?:x?y?z?){10}){900}$' } } },
      '/properties/a/pattern',
      /too large/,
    ],
    ['look-around', { items: { pattern: '^(?=a)' } }, '/items/pattern', /looks around/],
    ['an unknown keyword', { items: { minimun: 3 } }, '/items/minimun', /not a keyword/],
    ['an endless reference', { allOf: [{ $ref: '#' }] }, '', /without end/],
    ['a reference elsewhere', { items: { $ref: 'https://example.com/' } }, '/items/$ref', /in this schema/],
  ])('%s', (_, schema, path, message) => {
    const error = (() => {
      try {
        compileSchema(schema);
        return null;
      } catch (thrown) {
        return thrown as ExpressionError;
      }
    })();
    expect(error).toBeInstanceOf(ExpressionError);
    expect(error!.message).toMatch(message);
    expect(error!.path.startsWith(path)).toBe(true);
  });
});
