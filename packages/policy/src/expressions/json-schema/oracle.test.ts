/**
 * A value fits where a kept validator says that it fits, over schemas and values put together at random. Not for
 * `unevaluated*`, where that one takes a branch that failed for one that has looked: cases below.
 */
/* oxlint-disable unicorn/no-thenable -- JSON Schema has a keyword of that name */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../vocabulary.js';
import { FORMATS } from '../formats.js';
import { newMeter, payFrom } from '../meter.js';
import { compileSchema } from '../schema.js';

const ajv = new Ajv2020({
  strict: false,
  ownProperties: true,
  validateSchema: false,
  addUsedSchema: false,
  allErrors: true,
});
addFormats.default(ajv);

const name = fc.constantFrom('a', 'b', 'c', 'ab');
const scalar: fc.Arbitrary<Json> = fc.constantFrom(null, true, false, 0, 1, 2, 2.5, -1, '', 'a', 'ab', '😀');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }) },
  ),
}));
const names = fc.uniqueArray(name, { maxLength: 2 });
const count = fc.nat(3);
const pattern = fc.constantFrom('^a', 'b$', '^.$', '[^a]');

const { schema } = fc.letrec<{ schema: Json; keywords: JsonObject; list: Json[]; named: JsonObject }>((tie) => ({
  list: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
  named: fc.dictionary(name, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
  keywords: fc
    .uniqueArray(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ type: fc.constantFrom('object', 'array', 'string', 'number', 'integer', ['object', 'array'], ['null', 'string', 'object']) }),
        fc.record({ enum: fc.array(value, { minLength: 1, maxLength: 4 }) }),
        fc.record({ const: value }),
        fc.record({ minimum: count }),
        fc.record({ exclusiveMaximum: count }),
        fc.record({ multipleOf: fc.constantFrom(1, 2, 0.5) }),
        fc.record({ minLength: count }),
        fc.record({ maxLength: count }),
        fc.record({ pattern }),
        fc.record({ minItems: count }),
        fc.record({ maxItems: count }),
        fc.record({ uniqueItems: fc.boolean() }),
        fc.record({ minProperties: count }),
        fc.record({ maxProperties: count }),
        fc.record({ required: names }),
        fc.record({ dependentRequired: fc.dictionary(name, names, { maxKeys: 2, noNullPrototype: true }) }),
        fc.record({ $ref: fc.constantFrom('#/$defs/a', '#/$defs/b', '#here') }),
        fc.record({ allOf: tie('list') }),
        fc.record({ anyOf: tie('list') }),
        fc.record({ oneOf: tie('list') }),
        fc.record({ not: tie('schema') }),
        fc.record({ if: tie('schema'), then: tie('schema') }),
        fc.record({ if: tie('schema'), else: tie('schema') }),
        fc.record({ dependentSchemas: tie('named') }),
        fc.record({ properties: tie('named') }),
        fc.record({ properties: tie('named') }),
        fc.record({ patternProperties: fc.dictionary(pattern, tie('schema'), { maxKeys: 2, noNullPrototype: true }) }),
        fc.record({ additionalProperties: tie('schema') }),
        fc.record({ additionalProperties: fc.constant(false) }),
        fc.record({ propertyNames: tie('schema') }),
        fc.record({ prefixItems: tie('list') }),
        fc.record({ items: tie('schema') }),
        fc.record({ contains: tie('keywords'), minContains: count }),
        fc.record({ contains: tie('keywords'), maxContains: count }),
      ),
      { minLength: 1, maxLength: 4, selector: (one) => Object.keys(one)[0] },
    )
    .map((all) => Object.assign({}, ...all) as JsonObject),
  schema: fc.oneof({ depthSize: 'small' }, fc.boolean(), { weight: 8, arbitrary: tie('keywords') }),
})); // prettier-ignore
const whole = fc.record({ schema, a: schema, b: schema }).map(({ schema: root, a, b }): JsonObject => ({
  ...(typeof root === 'object' ? (root as JsonObject) : { not: {} }),
  $defs: { a, b, c: { $anchor: 'here', type: 'object' } },
}));

/** null: a bug of the oracle's, which notes what was evaluated in a variable that it never made. */
function answerOf(oracle: (value: Json) => boolean, value: Json): boolean | null {
  try {
    return oracle(value);
  } catch (error) {
    expect(String(error)).toMatch(/^(TypeError: Cannot set|ReferenceError: (props|items))/);
    return null;
  }
}

test('property: the same values fit', () => {
  const said = { fits: 0, fails: 0, circles: 0, broken: 0 };
  fc.assert(
    fc.property(whole, fc.array(value, { minLength: 8, maxLength: 8 }), (document, values) => {
      let check;
      try {
        check = compileSchema(document);
      } catch (error) {
        // A schema that never ends, which the oracle would run until its stack does.
        expect(String(error)).toMatch(/without end/);
        said.circles += 1;
        return;
      }
      const oracle = ajv.compile(document);
      for (const one of values) {
        const wanted = answerOf(oracle, one);
        if (wanted === null) {
          said.broken += 1;
          continue;
        }
        said[wanted ? 'fits' : 'fails'] += 1;
        const errors = check(one);
        if ((errors.length === 0) !== wanted)
          throw new Error(
            `${JSON.stringify(document)} for ${JSON.stringify(one)}: ${JSON.stringify(errors)}`,
          );
      }
    }),
    { numRuns: 500, seed: 22 },
  );
  expect(said.fits).toBeGreaterThan(500);
  expect(said.fails).toBeGreaterThan(500);
  expect(said.circles).toBeLessThan(200);
  expect(said.broken).toBeLessThan(200);
}, 60_000);

test.each<[JsonObject, Json, boolean]>([
  // A branch that fails has looked at nothing.
  [
    { anyOf: [{}, { type: 'object', unevaluatedItems: { type: 'object' } }], unevaluatedItems: false },
    [null],
    false,
  ],
  [{ allOf: [{ properties: { a: true }, unevaluatedProperties: false }] }, { a: 1 }, true],
  [{ allOf: [{ unevaluatedProperties: false }], properties: { a: true } }, { a: 1 }, false],
  [
    { $ref: '#/$defs/a', unevaluatedProperties: false, $defs: { a: { properties: { a: true } } } },
    { a: 1 },
    true,
  ],
  [{ contains: { const: 1 }, unevaluatedItems: false }, [1, 1], true],
  [{ contains: { const: 1 }, unevaluatedItems: false }, [1, 2], false],
  [{ not: { not: { properties: { a: true } } }, unevaluatedProperties: false }, { a: 1 }, false],
  [{ if: { properties: { a: { const: 1 } } }, then: true, unevaluatedProperties: false }, { a: 1 }, true],
  [{ $dynamicRef: '#n', $defs: { n: { $dynamicAnchor: 'n', type: 'object' } } }, [], false],
  [{ $ref: '#/$defs/a%20b', $defs: { 'a b': { type: 'object' } } }, [], false],
  [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'object' } } }, [], false],
])('%j for %j', (document, one, fits) => {
  expect(compileSchema(document)(one).length === 0).toBe(fits);
});

test('formats take what the kept ones take', () => {
  const texts = [
    '', 'a', '2026-02-28', '2026-02-30', '2024-02-29', '1900-02-29', '2026-13-01', '2026-1-1', '12:00:00Z', '12:00:00',
    '23:59:60Z', '12:59:60Z', '00:59:60+01:00', '24:00:00Z', '12:00:00.123+05:30', '2026-02-28T12:00:00Z',
    '2026-02-28 12:00:00z', '2026-02-28T12:00:00', '2026-02-28T25:00:00Z', 'P1Y2M3D', 'PT1H', 'P', 'PT', 'P1W', 'P1YT',
    'a@b.co', 'a@b', 'A.b+c@sub.example.org', 'a..b@c.de', '@b.co', 'a b@c.de', 'localhost', 'example.com', '-a.com',
    'a-.com', 'a_b.com', '1.2.3.4', '256.1.1.1', '1.2.3', '01.2.3.4', '::', '::1', '1::', '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7', '1::2::3', '::ffff:1.2.3.4', '1.2.3.4::', '12345::', 'http://example.com/a?b#c', 'urn:a:b',
    'a:b', '//example.com', '/a/b', 'a/b', '#f', '?q', 'http://[::1]:80/', 'http://a b/', 'http://exa%20mple/', ':a',
    'http://%zz/', 'mailto:a@b.co', 'http://user:pw@host:1/', '{a}', '/a{?b,c*}', '{', '{a:3}', '{a b}',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8', '6ba7b8109dad11d180b400c04fd430c8', '/a~0b', '/a~2', '#/a%20', '0/a', '1#',
    'YQ==', 'YWJj', 'Y', '^a$', '(', 'https://example.com', 'https://example', 'ftp://a.b/c d',
  ]; // prettier-ignore
  /** Texts where this side keeps to RFC 3986 and the other does not, or is wider: https://example may be a URL. */
  const known = (format: string, text: string) =>
    (format === 'uri-reference' && /^[^a-z/?#][^/?#]*:|^:/.test(text)) ||
    ['url https://example', 'url http://exa%20mple/'].includes(`${format} ${text}`);
  payFrom(newMeter());
  let compared = 0;
  for (const [format, { on, test: holds }] of FORMATS) {
    if (on === 'number' || format.startsWith('iri') || format === 'byte') continue;
    const oracle = ajv.compile({ format });
    for (const text of texts) {
      if (known(format, text)) continue;
      compared += 1;
      expect([format, text, holds(text as never)]).toEqual([format, text, oracle(text)]);
    }
  }
  expect(compared).toBeGreaterThan(1_500);
});
