/** Each demo policy makes sense, and holds what it should over everything that was recorded. */
import { checkPolicy, compileCondition, parsePolicy } from '@reeve/policy';
import { readRecording } from '@reeve/replay';
import { describe, expect, test } from 'vitest';
import { decideRecording, isRight, type DecidedCall } from './decide-recording.js';
import { subjectsOf } from './people.js';
import { DEMO_TENANTS } from './tenants.js';

const recording = readRecording();
const brief = ({ run, call, decision }: DecidedCall) =>
  `${run.run}#${call.n} ${call.tool} ${decision.reason} ${JSON.stringify(decision.detail)} ${JSON.stringify(call.args)}`;

test('the recording is whole', () => {
  expect(recording.length).toBe(409);
  expect(recording.reduce((sum, run) => sum + run.calls.length, 0)).toBe(3342);
});

describe.each(DEMO_TENANTS)('$slug', (tenant) => {
  const decided = decideRecording(tenant, recording);

  test('is a policy that can be published', () => {
    const parsed = parsePolicy(JSON.parse(JSON.stringify(tenant.policy)));
    expect(parsed).toMatchObject({ ok: true });
    expect(checkPolicy(tenant.policy)).toEqual([]);
  });

  test('denies no write that was right and broke no rule', () => {
    const right = decided.filter(isRight);
    expect(right.length).toBeGreaterThan(20);
    expect(right.filter(({ decision }) => decision.effect !== 'allow').map(brief)).toEqual([]);
  });

  test('accepts the arguments of every recorded call that succeeded', () => {
    const refused = decided.filter(
      ({ call, decision }) => !call.failed && decision.reason === 'invalid_arguments',
    );
    expect(refused.map(brief)).toEqual([]);
  });

  test('counts three recordings played at once without running out on right writes', () => {
    const thrice = [...recording, ...recording, ...recording];
    const out = decideRecording(tenant, thrice).filter(isRight);
    expect(out.filter(({ decision }) => decision.effect !== 'allow').map(brief)).toEqual([]);
  });

  test('each tool is on the matrix and reachable by its assistant', () => {
    const cells = new Set(tenant.policy.cells.map(({ tool }) => tool));
    expect(Object.keys(tenant.policy.tools).filter((tool) => !cells.has(tool))).toEqual([]);
    expect(tenant.policy.assistants[tenant.assistant]?.tools).toEqual(Object.keys(tenant.policy.tools));
  });

  test('every write that a recorded agent made has a class that says so', () => {
    const writes = new Set(decided.filter(({ call }) => call.kind === 'write').map(({ call }) => call.tool));
    expect([...writes].filter((tool) => tenant.policy.tools[tool]?.class === 'read')).toEqual([]);
    const reads = new Set(decided.filter(({ call }) => call.kind !== 'write').map(({ call }) => call.tool));
    expect([...reads].filter((tool) => tenant.policy.tools[tool]?.class !== 'read')).toEqual([]);
  });
});

describe('the written rules that arguments show', () => {
  const all = DEMO_TENANTS.flatMap((tenant) => decideRecording(tenant, recording));
  const objects = ({ decision }: DecidedCall, guardrail: string) =>
    decision.reason === 'guardrail_failed' && decision.detail['guardrail'] === guardrail;

  test.each(['passengers_le_5', 'payment_mix', 'not_certificate', 'cancel_reason', 'refuel_le_2gb'])(
    '%s denies exactly the writes that broke it',
    (rule) => {
      const broke = all.filter(({ call }) => call.fails?.includes(rule));
      expect(broke.filter((one) => one.decision.effect !== 'deny').map(brief)).toEqual([]);
      const kept = all.filter((one) => objects(one, rule) && !one.call.fails?.includes(rule));
      expect(kept.map(brief)).toEqual([]);
    },
  );

  // Arguments show these only in part: what is denied for them did break them, but not the other way round.
  test.each(['bag_fee_right', 'compensation_amount'])('%s denies only writes that broke it', (rule) => {
    expect(all.filter((one) => objects(one, rule) && !one.call.fails?.includes(rule)).map(brief)).toEqual([]);
  });

  test('a customer who was not identified changes nothing', () => {
    const broke = all.filter(({ call }) => call.fails?.includes('authenticated_first'));
    expect(broke.map(({ decision }) => decision.effect)).toEqual(broke.map(() => 'deny'));
    expect(broke.length).toBeGreaterThan(0);
  });

  test('a name the model made up is not the customer', () => {
    const other = all.filter(({ decision }) => decision.detail['guardrail'] === 'user_is_caller');
    expect(
      other.every(({ run, call }) => (call.args['user_id'] ?? call.args['customer_id']) !== run.customer),
    ).toBe(true);
  });
});

describe('what the recording does not show', () => {
  const passenger = { first_name: 'Ada', last_name: 'Byrne', dob: '1990-01-01' };
  const travellers = (length: number) => Array.from({ length }, () => passenger);
  const booking = {
    user_id: 'sofia_kim_7287',
    origin: 'JFK',
    destination: 'SFO',
    flight_type: 'one_way',
    cabin: 'economy',
    flights: [{ flight_number: 'HAT001', date: '2024-05-20' }],
    passengers: [passenger],
    payment_methods: [{ payment_id: 'credit_card_1', amount: 100 }],
    total_baggages: 0,
    nonfree_baggages: 0,
    insurance: 'no',
  };
  const line = { customer_id: 'C1001', line_id: 'L1001' };

  test.each([
    ['airline', 'sofia_kim_7287', 'book_reservation', booking, 'allowed'],
    ['airline', 'sofia_kim_7287', 'book_reservation', { ...booking, passengers: travellers(5) }, 'allowed'],
    [
      'airline',
      'sofia_kim_7287',
      'book_reservation',
      { ...booking, passengers: travellers(6) },
      'passengers_le_5',
    ],
    [
      'airline',
      'sofia_kim_7287',
      'book_reservation',
      { ...booking, user_id: 'omar_davis_3817' },
      'user_is_caller',
    ],
    ['airline', 'sofia_kim_7287', 'book_reservation', { ...booking, total_baggages: 4 }, 'bag_fee_right'],
    ['airline', 'sofia_kim_7287', 'book_reservation', { ...booking, seat: '12A' }, 'invalid_arguments'],
    ['airline', 'sofia_kim_7287', 'book_reservation', { ...booking, cabin: 'first' }, 'invalid_arguments'],
    [
      'airline',
      'sofia_kim_7287',
      'send_certificate',
      { user_id: 'sofia_kim_7287', amount: 75 },
      'compensation_amount',
    ],
    [
      'airline',
      'sofia_kim_7287',
      'send_certificate',
      { user_id: 'sofia_kim_7287', amount: 600 },
      'compensation_amount',
    ],
    ['airline', 'sofia_kim_7287', 'drop_tables', {}, 'unknown_tool'],
    ['airline', 'stranger_1', 'get_user_details', { user_id: 'stranger_1' }, 'unknown_subject'],
    [
      'retail',
      'noah_ito_3850',
      'cancel_pending_order',
      { order_id: '#W1', reason: 'too slow' },
      'cancel_reason',
    ],
    [
      'retail',
      'noah_ito_3850',
      'cancel_pending_order',
      { order_id: '#W1', reason: 'no longer needed' },
      'allowed',
    ],
    ['telecom', 'C1001', 'refuel_data', { ...line, gb_amount: 2 }, 'allowed'],
    ['telecom', 'C1001', 'refuel_data', { ...line, gb_amount: 2.5 }, 'refuel_le_2gb'],
    ['telecom', 'C1001', 'refuel_data', { ...line, gb_amount: -1 }, 'refuel_le_2gb'],
    ['telecom', 'C1001', 'suspend_line', { ...line, reason: 'lost phone' }, 'approval_required'],
  ])('%s: %s asks %s', (slug, customer, tool, args, wanted) => {
    const tenant = DEMO_TENANTS.find((one) => one.slug === slug)!;
    const call = {
      n: 0,
      step: 0,
      tool,
      kind: 'write' as const,
      args,
      known: customer,
      failed: false,
      digest: '',
    };
    const run = {
      run: 'made-up',
      domain: tenant.slug,
      model: '',
      reward: 0,
      customer,
      membership: null,
      calls: [call],
    };
    const people = subjectsOf(tenant.slug, recording);
    const [{ decision }] = decideRecording(tenant, [run], { people }) as [DecidedCall];
    expect(decision.detail['guardrail'] ?? decision.reason).toBe(wanted);
  });
});

test('every condition is one that CEL answers', () => {
  for (const { policy } of DEMO_TENANTS) {
    const sources = [
      ...policy.cells.flatMap(({ when }) => when ?? []),
      ...Object.values(policy.guardrails).flatMap(({ when, checks }) => [
        ...(when ? [when] : []),
        ...checks.map(({ must }) => must),
      ]),
    ];
    for (const source of sources) expect(compileCondition(source).source).toBe(source);
  }
});
