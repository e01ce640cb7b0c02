import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../vocabulary.js';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { compileCondition } from './condition.js';
import { celJson } from './json.js';
import type { Variables } from './variables.js';

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

describe('what public bug reports of others got wrong', () => {
  test.each<[string, Json, boolean | undefined]>([
    ['timestamp(1767225600) == timestamp("2026-01-01T00:00:00Z")', {}, true],
    ['timestamp(253402300800) > now', {}, undefined],
    ['!(double(args.amount) > 100.0)', { amount: 'abc' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: '' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: 'NaN' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: '-Infinity' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: ' 5' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: '1e400' }, undefined],
    ['!(double(args.amount) > 100.0)', { amount: '99.5' }, true],
    ['int(args.n) < 5', { n: '' }, undefined],
    ['int(args.n) < 65', { n: '0x40' }, undefined],
    ['int(args.n) < 65', { n: '64' }, true],
    ['int(args.n) < 65', { n: '6_4' }, undefined],
    ['int(args.n) < 65', { n: '9223372036854775808' }, undefined],
    ['uint(args.n) < 65u', { n: '-1' }, undefined],
    ['timestamp(args.t) > now', { t: '2026-02-30T00:00:00Z' }, undefined],
    ['timestamp(args.t) > now', { t: '2100-02-29T00:00:00Z' }, undefined],
    ['timestamp(args.t) > now', { t: '2026-12-01T24:00:00Z' }, undefined],
    ['timestamp(args.t) > now', { t: '2026-12-01' }, undefined],
    ['timestamp(args.t) > now', { t: '2026-12-01T00:00:00Z' }, true],
    ['has(args.options.force)', { options: 'force' }, undefined],
    ['has(args.options.force)', { options: ['force'] }, undefined],
    ['has(args.options.force)', { options: null }, undefined],
    ['has(args.options.force)', {}, undefined],
    ['has(args.options.force)', { options: {} }, false],
    ['!has(args.options.force)', { options: { force: null } }, false],
    ['args.discount / args.price <= 0.2', { discount: 90, price: 100 }, false],
    ['args.discount / args.price <= 0.2', { discount: 90.5, price: 100 }, false],
    ['args.discount / args.price <= 0.2', { discount: 20, price: 100 }, true],
    ['!(args.a / args.b > 100.0)', { a: 0, b: 0 }, undefined],
    ['args.a / args.b > 100.0', { a: 1, b: 0 }, undefined],
    ['type(args.n) == double', { n: 2 }, true],
    ['type(args.n) == double', { n: 2.5 }, true],
    ['args.n % 2 == 0', { n: 2.5 }, false],
    ['args.list[args.n] == "b"', { list: ['a', 'b'], n: 1 }, true],
    ['args.list[args.n] == "b"', { list: ['a', 'b'], n: 1.5 }, undefined],
    ['args.text[0] == "a"', { text: 'abc' }, undefined],
    ['args.text.length == 3', { text: 'abc' }, undefined],
    ['size(args.list) + args.n == 3', { list: ['a', 'b'], n: 1 }, true],
    ['string(args.n) == "5"', { n: 5 }, true],
    ['size(args.list) / 2.0 <= 1.4', { list: ['a', 'b', 'c'] }, false],
    ['now.getHours("America/New_York") == 7', {}, true],
    ['now.getHours("-09:30") == 2', {}, true],
  ])('%s for %j is %s', (source, args, wanted) => {
    expect(ask(source, args)).toBe(wanted);
  });

  test.each([
    ['size(args.list) / 2 <= 1', /drops the rest.*at character/],
    ['7 / 2 == 3', /drops the rest/],
    ['args.s.matches(args.p)', /literal text \(at character 20\)/],
    ['args.s.matches("a" + "b")', /literal text/],
    ['args.s.matches("(")', /parenthesis|missing|unexpected/i],
    ['args.s.matches("(?:(?:x?y?z?){10}){900}$")', /too large.*at character/],
    ['args.s.matches("(a{1000}){1000}")', /too large/],
  ])('%s is refused when it is published', (source, message) => {
    expect(() => compileCondition(source)).toThrow(message);
  });

  test('a calendar does not depend on where the process runs', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['America/New_York', 'Asia/Kathmandu', 'UTC']) {
        process.env['TZ'] = zone;
        // In New York this hour does not exist.
        expect(ask('timestamp("2026-03-08T02:30:00Z").getHours() == 2')).toBe(true);
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

test.each(['(', '[', '{"a":', 'f(', 'a[', '((', '[{1:'])(
  '%s again and again is refused before it is parsed',
  (open) => {
    const began = performance.now();
    expect(() => compileCondition(open.repeat(900).slice(0, 3_900))).toThrow(/nested too deeply/);
    expect(performance.now() - began).toBeLessThan(1_000);
  },
);

test('a backslash ends no raw text', () => {
  expect(() => compileCondition(`r"\\" == ${'['.repeat(900)}`)).toThrow(/nested too deeply/);
});

test('brackets in a text do not nest', () => {
  expect(ask(`args.s == "${'('.repeat(100)}" || args.s == '${'\\\\['.repeat(100)}' || true`)).toBe(true);
});
