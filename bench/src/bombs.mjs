// What a hostile tenant publishes and a hostile model sends: each once held a process, or holds one in a product that
// does part of this job. `bench -- hostile` measures them, expressions-are-bounded.test.ts holds them to a second.
//
// A bomb is a schema or a condition of one size, and arguments of another; both grow with `size` unless they need not.

/**
 * @typedef {object} Bomb
 * @property {string} name
 * @property {number} size the largest; a half and a quarter of it are asked, too
 * @property {(size: number) => unknown} [schema] of the tool; anything fits without
 * @property {(size: number) => string} [when] the cell allows when this holds; always without
 * @property {(size: number) => unknown} [args]
 */

const names = (count, of = () => true) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, of(i)]));
const list = (count, of) => Array.from({ length: count }, (_, i) => of(i));
const nested = (depth, inner, around) => list(depth, () => 0).reduce((inside) => around(inside), inner);
const x = (schema) => ({ type: 'object', properties: { x: schema }, required: ['x'] });
/** As many values as a question may hold, or nearly. */
const VALUES = 9_000;

const patterned = (name, size, pattern, text) => ({
  name: `pattern ${name}`,
  size,
  schema: () => x({ type: 'string', pattern }),
  args: (n) => ({ x: text(n) }),
});
const formatted = (format, text) => ({
  name: `format ${format}`,
  size: 400_000,
  schema: () => x({ type: 'string', format }),
  args: (n) => ({ x: text(n) }),
});
const asked = (name, when, args = (n) => ({ list: list(n, (i) => i) }), size = VALUES) => ({
  name: `condition ${name}`,
  size,
  when: () => when,
  args,
});
const NUMBERS = list(300, (i) => i).join();
const text = (n) => ({ s: 'ab'.repeat(n / 2) });

/** @type {readonly Bomb[]} */
export const BOMBS = [
  // Formats: one honest schema, one hostile text.
  formatted('url', (n) => `http://${'a:'.repeat(n / 2)}@@@`),
  formatted('uri', (n) => `http://${'a:'.repeat(n / 2)}@@@\\`),
  formatted('uri-reference', (n) => 'a%'.repeat(n / 2)),
  formatted('iri', (n) => `http://${'é@'.repeat(n / 2)} `),
  formatted('uri-template', (n) => `${'{a}'.repeat(n / 3)}{`),
  formatted('email', (n) => `${'a.'.repeat(n / 2)}@`),
  formatted('hostname', (n) => 'a-'.repeat(n / 2)),
  formatted('ipv6', (n) => ':1'.repeat(n / 2)),
  formatted('date-time', (n) => `2026-01-01T00:00:00.${'0'.repeat(n)}`),
  formatted('duration', (n) => `P${'1'.repeat(n)}`),
  formatted('json-pointer', (n) => `${'/~0'.repeat(n / 3)}~`),
  formatted('byte', (n) => `${'aaaa'.repeat(n / 4)}=`),
  formatted('regex', (n) => '('.repeat(n)),

  // Patterns: large programs, long texts, both.
  patterned('(?:(?:x?y?z?){10}){100}$', 9_000, '(?:(?:x?y?z?){10}){100}$', (n) => 'xyz'.repeat(n / 3)),
  patterned('as large as one may be', 9_000, '(?:(?:x?y?z?){10}){50}!$', (n) => 'xyz'.repeat(n / 3)),
  patterned('(a+)+$', 400_000, '^(a+)+$', (n) => `${'a'.repeat(n)}b`),
  patterned('(x+x+)+y', 400_000, '(x+x+)+y', (n) => 'x'.repeat(n)),
  patterned('(.*){50}!', 400_000, '(.*){50}!$', (n) => 'ab'.repeat(n / 2)),
  patterned('many letters', 400_000, '^[\\p{L}\\p{N}]+!$', (n) => 'é1'.repeat(n / 2)),
  patterned('many alternatives', 90_000, `^(?:${list(300, (i) => `a${i}`).join('|')})*!$`, (n) =>
    'a1'.repeat(n / 2),
  ),
  {
    name: 'pattern of parentheses',
    size: 100_000,
    schema: (n) => x({ type: 'string', pattern: '('.repeat(n) }),
  },
  {
    name: 'pattern of a thousand of a thousand',
    size: 1_000,
    schema: (n) => x({ pattern: `(?:a{${n}}){${n}}` }),
  },
  { name: 'pattern of properties', size: 380, schema: (n) => x({ pattern: '\\p{L}'.repeat(n) }) },
  { name: 'many patterns', size: 4_000, schema: (n) => ({ patternProperties: names(n) }) },
  {
    name: 'many patterns on many names',
    size: 200,
    schema: (n) => ({ patternProperties: Object.fromEntries(list(n, (i) => [`^p.*${i}x$`, true])) }),
    args: () => names(VALUES, (i) => i),
    when: () => 'args.p0 == 1',
  },
  {
    name: 'large patterns, each as large as may be',
    size: 16,
    schema: (n) => ({
      allOf: list(n, (i) => ({ properties: { x: { pattern: `(?:[a-z]{0,30}){20}${i}` } } })),
    }),
    args: () => ({ x: 'abc'.repeat(3_000) }),
  },

  // Schemas: much of what is looked at, or of what looks.
  {
    name: 'dependentRequired',
    size: 4_000,
    schema: (n) => ({ dependentRequired: { a: Object.keys(names(n)) } }),
    args: () => ({ a: 1 }),
  },
  {
    name: 'dependentRequired of each on each',
    size: 120,
    schema: (n) => ({ dependentRequired: names(n, () => Object.keys(names(n))), required: ['q'] }),
    args: (n) => names(n, () => 1),
  },
  { name: 'required', size: 8_000, schema: (n) => ({ required: Object.keys(names(n)) }), args: () => ({}) },
  {
    name: 'required, of each item',
    size: 4_000,
    schema: (n) => x({ items: { required: Object.keys(names(n)) } }),
    args: () => ({ x: list(VALUES, () => ({})) }),
  },
  {
    name: 'properties, of each item',
    size: 3_000,
    schema: (n) => x({ items: { properties: names(n), required: ['q'] } }),
    args: () => ({ x: list(VALUES, () => ({})) }),
  },
  {
    name: 'enum of objects, of each item',
    size: 4_000,
    schema: (n) => x({ items: { enum: list(n, (i) => ({ a: i })) } }),
    args: () => ({ x: list(VALUES / 2, () => ({ a: -1 })) }),
  },
  {
    name: 'enum of lists',
    size: 4_000,
    schema: (n) => x({ enum: list(n, (i) => [i]) }),
    args: () => ({ x: list(VALUES, (i) => i) }),
  },
  {
    name: 'unevaluatedProperties over allOf',
    size: 2_000,
    schema: (n) => ({
      allOf: list(n, (i) => ({ properties: { [`p${i}`]: true } })),
      unevaluatedProperties: false,
    }),
    args: () => names(VALUES, () => 1),
  },
  {
    name: 'unevaluatedProperties within itself',
    size: 28,
    schema: () => ({
      $defs: {
        a: {
          anyOf: [{ properties: { x: { $ref: '#/$defs/a' } } }, { properties: { x: { $ref: '#/$defs/a' } } }],
          unevaluatedProperties: false,
        },
      },
      $ref: '#/$defs/a',
    }),
    args: (n) => nested(n, 1, (inner) => ({ x: inner, y: 1 })),
  },
  {
    name: 'propertyNames',
    size: VALUES,
    schema: () => ({ propertyNames: { anyOf: list(100, (i) => ({ pattern: `^x${i}` })) } }),
    args: (n) => names(n, () => 1),
  },
  {
    name: 'a reference that branches into itself',
    size: 28,
    schema: () => ({
      $defs: {
        a: { anyOf: list(4, (i) => ({ properties: { x: { $ref: '#/$defs/a' } }, required: [`q${i}`] })) },
      },
      $ref: '#/$defs/a',
    }),
    args: (n) => nested(n, {}, (inner) => ({ x: inner })),
  },
  {
    name: 'references that double',
    size: 30,
    schema: (n) => ({
      $defs: Object.fromEntries(
        list(n + 1, (i) => [
          `l${i}`,
          i === n
            ? { type: 'number' }
            : { allOf: [{ $ref: `#/$defs/l${i + 1}` }, { $ref: `#/$defs/l${i + 1}` }] },
        ]),
      ),
      $ref: '#/$defs/l0',
    }),
    args: () => ({}),
  },
  { name: 'a reference to itself', size: 1, schema: () => ({ $ref: '#' }) },
  {
    name: 'a chain of references',
    size: 2_000,
    schema: (n) => ({
      $defs: Object.fromEntries(
        list(n, (i) => [`l${i}`, i === n - 1 ? false : { $ref: `#/$defs/l${i + 1}` }]),
      ),
      $ref: '#/$defs/l0',
    }),
    args: () => ({}),
  },
  {
    name: 'allOf',
    size: 4_000,
    schema: (n) => ({ allOf: list(n, (i) => ({ minProperties: i })) }),
    args: () => ({}),
  },
  {
    name: 'oneOf',
    size: 4_000,
    schema: (n) => ({
      oneOf: list(n, (i) => ({ type: 'object', required: [`a${i}`], properties: names(3) })),
    }),
    args: () => ({}),
  },
  {
    name: 'anyOf, of each item',
    size: 2_000,
    schema: (n) => x({ items: { anyOf: list(n, (i) => ({ const: -i - 1 })) } }),
    args: () => ({ x: list(VALUES, (i) => i) }),
  },
  { name: 'nesting', size: 3_000, schema: (n) => nested(n, {}, (inner) => ({ not: inner })) },
  {
    name: 'nesting of examples',
    size: 3_000,
    schema: (n) => ({ examples: nested(n, [], (inner) => [inner]) }),
  },
  {
    name: 'uniqueItems',
    size: VALUES,
    schema: () => x({ uniqueItems: true }),
    args: (n) => ({ x: [...list(n / 2 - 1, (i) => ({ a: i })), { a: 0 }] }),
  },
  {
    name: 'contains',
    size: 500,
    schema: (n) => x({ contains: { allOf: list(n, () => ({ contains: { const: 'no' } })) } }),
    args: () => ({ x: list(90, () => list(90, (i) => i)) }),
  },
  {
    name: 'multipleOf',
    size: VALUES,
    schema: () => x({ items: { multipleOf: 1e-300 } }),
    args: (n) => ({ x: list(n, (i) => 1e300 * (i + 1)) }),
    when: () => 'false',
  },
  {
    name: 'maxLength',
    size: 900_000,
    schema: () => x({ type: 'string', maxLength: 500_000 }),
    args: (n) => ({ x: 'é'.repeat(n / 2) }),
    when: () => 'false',
  },
  {
    name: 'names against their order',
    size: VALUES,
    args: (n) => Object.fromEntries(list(n, (i) => [`p${String(n - i).padStart(6, '0')}`, i])),
    when: () => 'false',
  },

  // Conditions.
  asked('with a pattern out of the arguments', 'args.s.matches(args.p)', (n) => ({
    s: 'x'.repeat(n),
    p: '(x+x+)+y',
  })),
  asked('with a large pattern', 'args.s.matches("(?:(?:x?y?z?){10}){50}!$")', (n) => ({
    s: 'xyz'.repeat(n / 3),
  })),
  asked('with a pattern too large', 'args.s.matches("(?:(?:x?y?z?){10}){900}$")', (n) => ({
    s: 'xyz'.repeat(n / 3),
  })),
  asked('that folds letters', `args.s.matches("(?i)${'[\\\\x{100}-\\\\x{1ffff}]'.repeat(80)}")`, text),
  asked('with many patterns', list(40, (i) => `args.s.matches("(a|b)*${i}")`).join(' || '), text, 400_000),
  asked('that counts characters', list(90, () => 'size(args.s) < 0').join(' || '), text, 900_000),
  asked('that adds texts', `size(${list(90, () => 'args.s').join(' + ')}) < 0`, text, 900_000),
  asked(
    'that searches',
    'args.s.contains(args.p)',
    (n) => ({ s: 'a'.repeat(n / 2), p: `${'a'.repeat(n / 4)}b` }),
    900_000,
  ),
  asked('of turns within turns', 'args.list.all(a, args.list.all(b, args.list.all(c, true)))'),
  asked('of turns over literals', `[${NUMBERS}].all(a, [${NUMBERS}].all(b, [${NUMBERS}][a] >= 0)) && false`),
  asked('of errors', 'args.list.all(a, args.list.all(b, b.c))'),
  asked('that builds lists', 'args.list.map(a, a + 1.0).map(b, b + 1.0).size() < 0'),
  asked('that compares all with all', 'args.list.exists(a, args == args && a < 0.0)'),
  asked('that looks for all in all', 'args.list.all(a, a in args.list) && false'),
  asked('of time zones', 'args.list.exists(a, now.getHours("Europe/Berlin") > 24)'),
  asked('of instants', 'args.list.exists(a, timestamp("1960-01-01T00:00:00Z") > now)'),
  asked('of literals', `args.list.exists(a, [${NUMBERS},${NUMBERS},${NUMBERS}][0] < 0)`),
  {
    name: 'condition of parentheses',
    size: 3_900,
    when: (n) => `${'('.repeat(n / 2)}true${')'.repeat(n / 2 - 4)}`,
  },
  { name: 'condition of lists', size: 3_900, when: (n) => '['.repeat(n) },
  { name: 'condition of many terms', size: 1_300, when: (n) => `${'a&&'.repeat(n)}a` },
  {
    name: 'condition of many choices',
    size: 780,
    when: (n) => `${'true?'.repeat(n / 2)}false${':false'.repeat(n / 2)}`,
  },
];
