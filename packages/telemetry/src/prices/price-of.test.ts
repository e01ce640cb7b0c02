import { describe, expect, it } from 'vitest';
import { contributions } from '../contributions.js';
import { picoUsdOf, usdText } from '../money.js';
import { NOON, SECOND, span } from '../testing/raw.js';
import { NO_TOKENS, type Tokens } from '../tokens.js';
import type { Price, PriceList, Rates } from './price-list.js';
import { priceOf } from './price-of.js';
import { PRICES } from './starting-list.js';

/** Rates in USD for a million. */
const perMillion = (rates: Readonly<Record<string, string>>): Rates => ({
  input: 0n,
  output: 0n,
  ...Object.fromEntries(
    Object.entries(rates).map(([name, usd]) => [name, (picoUsdOf(usd) ?? 0n) / 1_000_000n]),
  ),
});
const price = (model: string, rates: Readonly<Record<string, string>>, more: Partial<Price> = {}): Price => ({
  model,
  provider: null,
  from: null,
  until: null,
  rates: perMillion(rates),
  tiers: [],
  ...more,
});
const cost = (
  tokens: Partial<Tokens>,
  prices: PriceList,
  call: { model?: string; provider?: string; at?: bigint; batch?: boolean } = {},
) => {
  const found = priceOf(
    {
      model: call.model ?? 'm',
      provider: call.provider ?? null,
      start: call.at ?? NOON,
      tokens: { ...NO_TOKENS, ...tokens },
      batch: call.batch ?? false,
    },
    prices,
  );
  return found === null ? null : usdText(found);
};

describe('a call costs', () => {
  it('each part of its input at its own price, and nothing twice', () => {
    const list = [price('m', { input: '3', cacheRead: '0.30', cacheWrite: '3.75', output: '15' })];
    const tokens = { inputUncached: 12, inputCacheRead: 3_600, inputCacheWrite: 200, outputText: 150 };
    expect(cost(tokens, list)).toBe('0.004116');
  });

  it('its cached input like any input where the cache has no price: it is not free', () => {
    const list = [price('m', { input: '0.50', output: '1' })];
    expect(cost({ inputUncached: 3_000, inputCacheRead: 9_000 }, list)).toBe('0.006');
  });

  it('its reasoning as output, once, or at a price of its own', () => {
    const list = [price('m', { input: '1.25', output: '10' })];
    const tokens = { inputUncached: 22_118, outputText: 1_014, outputReasoning: 956 };
    expect(cost(tokens, list)).toBe('0.0473475');
    const own = [price('m', { input: '1', output: '8', reasoning: '3' })];
    expect(cost({ outputText: 300, outputReasoning: 700 }, own)).toBe('0.0045');
  });

  it('a long prompt’s price for the whole of it, above the bound and not at it', () => {
    const tiers = [
      { aboveInputTokens: 200_000, rates: perMillion({ input: '6', cacheRead: '0.60', output: '22.50' }) },
    ];
    const list = [price('m', { input: '3', cacheRead: '0.30', output: '15' }, { tiers })];
    expect(cost({ inputUncached: 150_000, inputCacheRead: 60_000, outputText: 1_000 }, list)).toBe('0.9585');
    expect(cost({ inputUncached: 200_000, outputText: 1_000 }, list)).toBe('0.615');
    expect(cost({ inputUncached: 200_001, outputText: 1_000 }, list)).toBe('1.222506');
  });

  it('half in a batch, or what a batch costs', () => {
    const list = [price('m', { input: '2', cacheRead: '0.50', output: '8' })];
    const tokens = { inputUncached: 6_000, inputCacheRead: 4_000, outputText: 500 };
    expect(cost(tokens, list, { batch: true })).toBe('0.009');
    const own = [
      price('m', { input: '2', output: '8' }, { batch: perMillion({ input: '1.5', output: '1' }) }),
    ];
    expect(cost({ inputUncached: 1_000_000 }, own, { batch: true })).toBe('1.5');
  });

  it('what was right when it began', () => {
    const list = [
      price('m', { input: '10', output: '0' }, { until: NOON }),
      price('m', { input: '8', output: '0' }, { from: NOON }),
    ];
    expect(cost({ inputUncached: 400_000 }, list, { at: NOON - 1n })).toBe('4');
    expect(cost({ inputUncached: 600_000 }, list, { at: NOON })).toBe('4.8');
    const correction = price(
      'm',
      { input: '7', output: '0' },
      { from: NOON + SECOND, until: NOON + 2n * SECOND },
    );
    expect(cost({ inputUncached: 1_000_000 }, [correction, ...list], { at: NOON + SECOND })).toBe('7');
    expect(cost({ inputUncached: 1_000_000 }, [...list, correction], { at: NOON + 2n * SECOND })).toBe('8');
  });

  it('what its provider asks, where that is priced, else what anybody does', () => {
    const list = [
      price('m', { input: '1', output: '0' }),
      price('m', { input: '2', output: '0' }, { provider: 'aws.bedrock' }),
    ];
    expect(cost({ inputUncached: 1_000_000 }, list, { provider: 'aws.bedrock' })).toBe('2');
    expect(cost({ inputUncached: 1_000_000 }, list, { provider: 'openai' })).toBe('1');
    expect(cost({ inputUncached: 1_000_000 }, list)).toBe('1');
  });

  it('nothing where a price is 0', () => {
    expect(cost({ inputUncached: 1_000 }, [price('m', { input: '0', output: '0' })])).toBe('0');
  });
});

describe('a model', () => {
  const list = [
    price('claude-haiku-4-5', { input: '1', output: '5' }),
    price('o3', { input: '1', output: '1' }),
    price('gpt-5', { input: '1', output: '1' }),
    price('gpt-5.5', { input: '2', output: '2' }),
    price('claude-sonnet-4-5', { input: '3', output: '15' }),
    price('claude-sonnet-4-5-20250929', { input: '4', output: '15' }),
    price('gemini-2.0-flash', { input: '1', output: '1' }),
  ];
  const million = { inputUncached: 1_000_000 };

  it('that is dated has its family’s price, unless its date has one', () => {
    const tokens = { inputUncached: 30_311, outputText: 8_631 };
    expect(cost(tokens, list, { model: 'claude-haiku-4-5-20251001' })).toBe('0.073466');
    expect(cost(million, list, { model: 'claude-sonnet-4-5-20250929' })).toBe('4');
    expect(cost(million, list, { model: 'claude-sonnet-4-5-2025-09-30' })).toBe('3');
    expect(cost(million, list, { model: 'gemini-2.0-flash-001' })).toBe('1');
  });

  it.each(['o3-pro-2025-06-10', 'gpt-5.6-x', 'gpt-5-99-99', 'gpt-5-mini', 'gpt-5-20259999', 'toString', ''])(
    'that nobody priced is unpriced: %s',
    (model) => {
      expect(cost(million, list, { model })).toBeNull();
    },
  );

  it.each([
    ['openai/gpt-5.5', '2'],
    ['openrouter/openai/gpt-5.5', '2'],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', '1'],
    ['bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', '1'],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', '4'],
    ['claude-haiku-4-5@20251001', '1'],
    ['models/gemini-2.0-flash', '1'],
    ['Claude-Haiku-4-5-latest', '1'],
  ])('that a provider names in its own way is found: %s', (model, usd) => {
    expect(cost(million, list, { model })).toBe(usd);
  });

  it('is priced in the starting list as its maker does, once each, with no family that hides another', () => {
    expect(new Set(PRICES.map(({ model }) => model)).size).toBe(PRICES.length);
    expect(cost(million, PRICES, { model: 'claude-sonnet-4-5' })).toBe('3');
    expect(cost(million, PRICES, { model: 'gpt-4.1-2025-04-14' })).toBe('2');
    expect(cost({ ...million, outputText: 1_000_000 }, PRICES, { model: 'gpt-4o-mini-2024-07-18' })).toBe(
      '0.75',
    );
    expect(PRICES.every(({ rates }) => rates.input > 0n && rates.output >= 0n)).toBe(true); // free is for who says so
  });
});

describe('what is unpriced', () => {
  const chat = (id: string, attributes: Readonly<Record<string, string | number>>) =>
    span({ id, attributes: { 'gen_ai.operation.name': 'chat', ...attributes } });

  it('is told beside the sum, which is then at least', () => {
    const shares = contributions(
      [
        chat('1', { 'gen_ai.usage.cost': 0.3, 'gen_ai.usage.input_tokens': 5 }),
        chat('2', { 'gen_ai.usage.cost': '0.25' }),
        chat('3', { 'gen_ai.usage.input_tokens': 1_400, 'gen_ai.usage.output_tokens': 50 }),
      ],
      [],
    );
    expect(usdText(shares.reduce((sum, one) => sum + one.costSent + one.costPriced, 0n))).toBe('0.55');
    expect(shares.reduce((sum, { counts }) => sum + counts.unpricedCalls, 0)).toBe(1);
    expect(shares.reduce((sum, { counts }) => sum + counts.unpricedTokens, 0)).toBe(1_450);
  });

  it('is not what costs 0, sent or priced', () => {
    const [sent, priced] = contributions(
      [
        chat('1', { 'gen_ai.usage.cost': 0, 'gen_ai.usage.input_tokens': 5 }),
        chat('2', { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 }),
      ],
      [price('m', { input: '0', output: '0' })],
    );
    expect([sent?.counts.unpricedCalls, priced?.counts.unpricedCalls]).toEqual([0, 0]);
  });

  it('is never worked out over what the sender said', () => {
    const [share] = contributions(
      [
        chat('1', {
          'gen_ai.request.model': 'm',
          'gen_ai.usage.cost': 0.5,
          'gen_ai.usage.input_tokens': 1_000_000,
        }),
      ],
      [price('m', { input: '9', output: '9' })],
    );
    expect([share?.costSent, share?.costPriced]).toEqual([picoUsdOf('0.5'), 0n]);
  });
});
