import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../vocabulary.js';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { celJson, compileCondition, type Variables } from './condition.js';

const variables = (args: Json): Variables => {
  const nothing = celJson({});
  const now = timestampFromMs(Date.UTC(2026, 2, 2, 12));
  return {
    subject: nothing,
    action: nothing,
    resource: nothing,
    tool: nothing,
    context: nothing,
    now,
    args: celJson(args),
  };
};
const ask = (source: string, args: Json = {}) => compileCondition(source).ask(variables(args));

describe('numbers of JSON', () => {
  test.each([
    ['args.n <= 2', 2, true],
    ['args.n <= 2', 2.5, false],
    ['args.n <= 2.0', 2, true],
    ['args.n == 2.0', 2, true],
    ['args.n == 2', 2.5, false],
    ['args.n in [1, 2, 3]', 2, true],
    ['args.n * 1.5 == 3.0', 2, true],
    ['args.n + 1 == 3', 2, true],
    ['args.n + 0.5 == 3', 2.5, true],
    ['args.n - 1 > 1', 2.5, true],
    ['10 / args.n == 4', 2.5, true],
    ['args.n % 2 == 0', 4, true],
    ['args.n > 9007199254740991', 1e300, true],
    ['args.n == 0', -0, true],
  ])('%s for %s is %s', (source, n, wanted) => {
    expect(ask(source, { n })).toBe(wanted);
  });

  test('an int and a double compare as the numbers they are', () => {
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(ask('args.a < args.b', { a, b })).toBe(a < b);
        expect(ask('args.a == args.b', { a, b })).toBe(a === b);
      }),
    );
  });
});

describe('JSON values', () => {
  test('a member that is null is there', () => {
    expect(ask('has(args.a) && "a" in args && args.a == null', { a: null })).toBe(true);
    expect(ask('has(args.b) || "b" in args', { a: null })).toBe(false);
  });

  test('lists, objects and texts are themselves', () => {
    const args = { list: [1, { a: 'x' }], 'with space': true };
    expect(ask('args.list[1].a == "x" && size(args.list) == 2 && args["with space"]', args)).toBe(true);
  });

  test('names that every object has are members only when they are given', () => {
    expect(ask('has(args.constructor) || "toString" in args')).toBe(false);
    expect(ask('args["__proto__"] == 1', JSON.parse('{"__proto__": 1}') as Json)).toBe(true);
  });

  test('time is a variable', () => {
    expect(ask('now.getHours() == 12 && now.getDayOfWeek() == 1')).toBe(true);
  });
});

describe('no answer', () => {
  test.each([
    ['a member that is not there', 'args.a > 1', {}],
    ['a text that should be a number', 'args.a > 1', { a: '2' }],
    ['something that is not a boolean', 'args.a', { a: 1 }],
    ['a text that says true', 'args.a', { a: 'true' }],
    ['an index that is not there', 'args.a[3] == 1', { a: [] }],
    ['a division by zero', '1 / args.a == 1', { a: 0 }],
  ])('%s', (_, source, args) => {
    expect(ask(source, args)).toBeUndefined();
  });

  test('an error that does not matter is none', () => {
    expect(ask('args.a == 1 || true')).toBe(true);
    expect(ask('args.a == 1 && false')).toBe(false);
  });
});

test('the same question gets the same answer, and asking never throws', () => {
  const source = fc.constantFrom(
    'args.n > 1',
    'args.list.all(x, x.y)',
    'size(args) > args.n',
    'args.a.b.c',
    'args.s.matches("^a+$")',
  );
  fc.assert(
    fc.property(source, fc.jsonValue() as fc.Arbitrary<Json>, (text, args) => {
      expect(ask(text, args)).toBe(ask(text, args));
    }),
  );
});

describe('refused when it is compiled', () => {
  test.each([
    ['args.', /end of input|expected|expecting/i],
    ['nobody.amount > 1', /no variable nobody/],
    ['args.all(x, y > 1)', /no variable y/],
    ['args.list.sum() > 1', /no function sum/],
    ['constructor == 1', /no variable constructor/],
    ['google.protobuf.Value{} == 1', /no type/],
    ['args.amount + 1', /boolean/],
    ['"yes"', /boolean/],
    ['[true]', /boolean/],
    ['args', /boolean/],
    ['size(args)', /boolean/],
    ['args.list.map(x, x > 1)', /boolean/],
    ['args.a ? 1 : 2', /boolean/],
    [`${'('.repeat(1500)}true${')'.repeat(1500)}`, /deep/],
    [`${'['.repeat(1500)}${']'.repeat(1500)} == []`, /deep/],
    [`args${'.a'.repeat(1900)} == 1`, /deep/],
  ])('%.40s', (source, message) => {
    expect(() => compileCondition(source)).toThrow(message);
  });

  test.each([
    'true',
    'args.a',
    'args.a ? args.b : !args.c',
    'args.l.exists(x, x == 1)',
    'args.l.exists_one(x, x == 1)',
    'has(args.a)',
    'bool(args.a)',
    'args.l[0]',
  ])('not %s', (source) => {
    expect(() => compileCondition(source)).not.toThrow();
  });

  test('not a long list of alternatives', () => {
    expect(ask(Array.from({ length: 200 }, (_, i) => `args.n == ${i}`).join(' || '), { n: 199 })).toBe(true);
  });
});

describe('bounded work', () => {
  const list = Array.from({ length: 9000 }, (_, i) => i);
  const text = 'ab'.repeat(400_000);
  const literal = `[${list.slice(0, 400).join()}]`;
  test.each([
    ['a turn within a turn', 'args.list.all(x, args.list.all(y, true))'],
    ['three turns over literals', `${literal}.all(x, ${literal}.all(y, ${literal}.all(z, true)))`],
    ['building a list', 'args.list.map(x, x + 1).all(x, x > 0)'],
    ['comparing everything with everything', 'args.list.all(x, args == args)'],
    ['looking for everything in everything', 'args.list.all(x, x in args.list)'],
    ['counting characters', Array(200).fill('size(args.text) > 0').join(' && ')],
    ['many patterns', Array(100).fill('args.text.matches("(a|b)*c")').join(' || ')],
  ])('%s ends without an answer, soon', (_, source) => {
    const condition = compileCondition(source);
    const all = variables({ list, text });
    const started = performance.now();
    expect(condition.ask(all)).toBeUndefined();
    // Tens of milliseconds; the margin is for a busy machine. Without the meter these take seconds to hours.
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('the usual fits: a turn over thousands of items, a list built of hundreds', () => {
    expect(ask('args.list.all(x, x >= 0)', { list })).toBe(true);
    expect(ask('args.list.filter(x, x > 5).size() > 1', { list: list.slice(0, 300) })).toBe(true);
  });

  test('conditions that share a meter share what is left', () => {
    const meter = { left: 100_000 };
    const condition = compileCondition('args.list.all(x, true)');
    expect(condition.ask(variables({ list }), meter)).toBe(true);
    expect(condition.ask(variables({ list }), meter)).toBeUndefined();
  });

  test('patterns take linear time', () => {
    expect(ask('args.text.matches("^(a+)+$")', { text: `${'a'.repeat(50_000)}b` })).toBe(false);
  });
});
