/** The library is the oracle: the same answer, at the same price, or none here. */
import { plan } from '@bufbuild/cel';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../vocabulary.js';
import { charge, newMeter, payFrom } from '../meter.js';
import { directly } from './direct.js';
import { environment } from './environment.js';
import { celJson } from './json.js';
import { rewrite } from './rewrite.js';
import { VARIABLES, type Variables } from './variables.js';

const ENV = environment();

const about = (args: Json): Variables => ({
  subject: celJson({ id: 'mia', type: 'user', properties: {}, roles: ['customer'] }),
  action: celJson({ name: 'tools/call', properties: {} }),
  resource: celJson({ type: 'tool', id: 'refund', properties: {} }),
  tool: celJson({ name: 'refund', class: 'write', owner: '', server: '', reversible: true }),
  context: celJson({ channel: 'interactive', agent: null }),
  now: timestampFromMs(0),
  args: celJson(args),
});

function both(source: string, args: Json) {
  const { expr } = rewrite(source, VARIABLES, ENV);
  const [bill, meter] = [newMeter(), newMeter()];
  const answer = directly(expr)?.(about(args), bill);
  const library = plan(ENV, expr);
  payFrom(meter);
  charge(0);
  const wanted = library(about(args));
  return {
    answer,
    wanted: typeof wanted === 'boolean' ? wanted : undefined,
    paid: bill.left,
    price: meter.left,
  };
}

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, -0, 1, 2, 2.5) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', 'mia', 'x'.repeat(40), '\u{1f600}', '\uffff') },
  { weight: 2, arbitrary: fc.constantFrom(true, false, null) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
);
const anything = fc.oneof({ weight: 9, arbitrary: scalar }, fc.jsonValue({ maxDepth: 2 }));
const args = fc.record(
  { a: anything, b: anything, c: fc.record({ d: anything }) },
  { requiredKeys: ['a', 'c'] },
) as fc.Arbitrary<Json>;
const literal = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('0', '1', '2', '2.0', '2.5', '-1', '"a"', '"mia"', '""') },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', `"${'x'.repeat(40)}"`) },
  { weight: 1, arbitrary: fc.constantFrom('9007199254740993', 'null', 'b"a"', '1u') },
);
const member = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('args.a', 'args.a', 'args.b', 'args.c.d', 'subject.id') },
  { weight: 1, arbitrary: fc.constantFrom('args.c', 'args', 'now', 'context.agent', 'int') },
);
const { expression } = fc.letrec<{ expression: string; comparison: string }>((tie) => ({
  comparison: fc
    .tuple(
      fc.oneof(member, literal),
      fc.constantFrom('==', '!=', '==', '!=', '<', '<=', '>', '>='),
      fc.oneof(member, literal),
    )
    .map((parts) => parts.join(' ')),
  expression: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: tie('comparison') },
    { weight: 1, arbitrary: fc.constantFrom('args.a', 'has(args.b)', 'args.b in [1, "a"]') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
        .map(([l, o, r]) => `(${l}) ${o} (${r})`),
    },
    { weight: 1, arbitrary: tie('expression').map((inner) => `!(${inner})`) },
  ),
}));

test('what is answered here is what the library answers, at its price', () => {
  const counted = { answered: 0, yes: 0, left: 0 };
  fc.assert(
    fc.property(expression, args, (source, given) => {
      const { answer, wanted, paid, price } = both(source, given);
      if (answer === undefined) {
        counted.left += 1;
        return;
      }
      counted.answered += 1;
      counted.yes += Number(answer);
      expect({ answer, paid }).toEqual({ answer: wanted, paid: price });
    }),
    { seed: 23, numRuns: 5_000 },
  );
  expect(counted.answered).toBeGreaterThan(1_000);
  expect(counted.yes).toBeGreaterThan(400);
  expect(counted.left).toBeGreaterThan(500);
});

test.each([
  ['args.amount <= 500', { amount: 3 }, true],
  ['args.amount <= 500.5', { amount: 501 }, false],
  ['args.user_id == subject.id', { user_id: 'mia' }, true],
  ['args.flag', { flag: true }, true],
  ['!args.flag && context.channel != "background"', { flag: false }, true],
] as const)('%s is answered here', (source, given, wanted) => {
  const { answer, paid, price } = both(source, given);
  expect({ answer, paid }).toEqual({ answer: wanted, paid: price });
});

test.each([
  ['an absent member', 'args.b == 1', {}],
  ['unlike things in an order', 'args.a < 2', { a: '1' }],
  ['a list', 'args.a == args.b', { a: [1], b: [1] }],
  ['no boolean', 'args.a && true', { a: 1 }],
  ['a function', 'size(args.a) > 1', { a: 'xy' }],
])('%s is left to the library', (_, source, given) => {
  expect(both(source, given).answer).toBeUndefined();
});
