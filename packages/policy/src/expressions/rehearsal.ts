/**
 * An engine of JavaScript makes fast what is used much. What was never used takes some five times as long, and a stranger's
 * first question would hold the process for that long. So a process plays such questions to itself before it says that it
 * is ready: all that schemas, conditions and patterns do, each until its meter is empty.
 */
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Json, JsonObject } from '../vocabulary.js';
import { compileCondition } from './cel/condition.js';
import { celJson } from './cel/json.js';
import { newMeter, type Meter } from './meter.js';
import { compileSchema } from './schema.js';

/** The first makes it fast, the second what the first has made. */
const TURNS = 2;
const VALUES = 3_000;

const list = <T>(of: (i: number) => T, count = VALUES): T[] => Array.from({ length: count }, (_, i) => of(i));
const members = <T>(of: (i: number) => T, count = VALUES): Record<string, T> =>
  Object.fromEntries(list((i) => [`member_${i}`, of(i)], count));

const NAMED = members((i) => i);
const ROWS = list((i) => ({ id: i, name: `name ${i}`, tags: ['a', 'b'], price: i / 4 }));

/** Schemas, and arguments that take all there is to pay with or that fit. */
const CHECKED: readonly (readonly [JsonObject, Json])[] = [
  [{ patternProperties: Object.fromEntries(list((i) => [`^m.*${i}x$`, true], 50)) }, NAMED],
  [{ propertyNames: { anyOf: list((i) => ({ pattern: `^x${i}` }), 50) } }, NAMED],
  [
    {
      properties: {
        rows: {
          type: 'array',
          uniqueItems: true,
          items: {
            type: 'object',
            required: ['id', 'name'],
            properties: {
              id: { type: 'integer', minimum: 0, multipleOf: 1 },
              name: { type: 'string', maxLength: 40, pattern: String.raw`^[\p{L}\d _-]+$` },
              tags: { type: 'array', contains: { const: 'b' }, items: { enum: ['a', 'b', ['c']] } },
              price: {
                oneOf: [
                  { type: 'string', format: 'date-time' },
                  { type: 'number', multipleOf: 0.25 },
                ],
              },
            },
            additionalProperties: false,
          },
        },
      },
    },
    { rows: ROWS },
  ],
  [
    {
      allOf: list((i) => ({ properties: { [`member_${i}`]: true } }), 1_200),
      unevaluatedProperties: false,
    },
    NAMED,
  ],
  [{ properties: { text: { pattern: '^(a|b|é)*(x+x+)+y$' } } }, { text: 'abé'.repeat(20_000) }],
];

/** Conditions about rows and names. */
const ASKED: readonly string[] = [
  'args.numbers.all(a, args.numbers.all(b, args.numbers.all(c, true)))',
  'args.numbers.all(a, a >= 0 && a < 10000)',
  'args.numbers.all(a, [1, 2, 3].exists(b, b > 5 || a == b) || true)',
  'args.numbers.map(a, a + 1.0).filter(b, b > 2.0).size() < 0',
  'args.numbers.all(a, a in args.numbers)',
  `args.numbers.all(a, [${list((i) => i, 300).join()}].exists(b, b == a) || [${list((i) => i, 300).join()}][0] == 0)`,
  'args.numbers.all(a, args.numbers.all(b, b.c))',
  'args.rows.exists(r, r.name.matches("^x+$") || r.name.contains("y") || r.tags == ["c"] || size(r.name) > 20)',
  'args.rows.all(r, has(r.price) && r.price * 2.0 >= 0.0 && string(r.id) != "" && r.name.startsWith("name"))',
  'args.rows.exists(r, timestamp("2026-01-01T00:00:00Z") < now || now.getHours("UTC") > 24)',
];

/** What was paid for each, in units of the meter. */
export function rehearse(): number[] {
  const nothing = celJson({});
  const about = { subject: nothing, action: nothing, resource: nothing, tool: nothing, context: nothing };
  const now = timestampFromMs(0);
  const schemas = CHECKED.map(
    ([schema, args]) =>
      (meter: Meter) =>
        compileSchema(schema)(args, meter),
  );
  const conditions = ASKED.map((source) => (meter: Meter) => {
    const args = celJson({ numbers: list((i) => i), rows: ROWS });
    return compileCondition(source).ask({ ...about, now, args }, meter);
  });
  const all = [...schemas, ...conditions];
  return Array.from({ length: TURNS }, () => all)
    .flat()
    .map((play) => {
      const meter = newMeter();
      const before = meter.left;
      play(meter);
      return before - meter.left;
    });
}
