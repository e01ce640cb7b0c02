import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../decode/raw-span.js';
import { rawSpan } from '../testing/raw.js';
import { inputOf, NO_TOKENS, outputOf, TOKEN_KINDS } from '../tokens.js';
import { Said } from './attributes-of.js';
import { COUNTS } from './names.js';
import { tokensOf } from './tokens-of.js';

const read = (attributes: Record<string, Value>) => tokensOf(new Said(rawSpan({ attributes })));
const parts = (attributes: Record<string, Value>) => {
  const { tokens, marks } = read(attributes);
  return { ...tokens, input: inputOf(tokens ?? NO_TOKENS), output: outputOf(tokens ?? NO_TOKENS), marks };
};

describe('the cached part of an input', () => {
  it('is within it by the conventions', () => {
    expect(
      parts({
        'gen_ai.usage.input_tokens': 130_213,
        'gen_ai.usage.cache_read.input_tokens': 128_955,
        'gen_ai.usage.cache_creation.input_tokens': 1_253,
      }),
    ).toMatchObject({
      inputUncached: 5,
      inputCacheRead: 128_955,
      inputCacheWrite: 1_253,
      input: 130_213,
      marks: [],
    });
  });

  it.each([
    ['gen_ai.usage.details.', 'gen_ai.usage.'],
    ['gen_ai.usage.', 'gen_ai.usage.'],
  ])('is beside it where the total says so, and so nothing is guessed (%s)', (details) => {
    expect(
      parts({
        'gen_ai.usage.input_tokens': 4_299,
        'gen_ai.usage.output_tokens': 631,
        [`${details}cache_read_tokens`]: 35_574,
        [`${details}cache_write_tokens`]: 17_787,
        'gen_ai.usage.total_tokens': 58_291,
      }),
    ).toMatchObject({ inputUncached: 4_299, input: 57_660, output: 631, marks: [] });
  });

  it('is beside it where it is larger, which is a guess and marked', () => {
    expect(
      parts({ 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.cache_read.input_tokens': 90 }),
    ).toMatchObject({ inputUncached: 10, inputCacheRead: 90, input: 100, marks: ['dialect_guessed'] });
  });

  it('is within the AI SDK’s input when it says details or the provider is OpenAI', () => {
    const usage = {
      'ai.usage.inputTokens': '2224',
      'ai.usage.cachedInputTokens': '2048',
      'ai.usage.outputTokens': '1469',
      'ai.usage.reasoningTokens': 1_152,
    };
    const wanted = {
      inputUncached: 176,
      inputCacheRead: 2_048,
      outputText: 317,
      outputReasoning: 1_152,
      marks: [],
    };
    const openAi = parts({ ...usage, 'ai.model.provider': 'openai.responses' });
    expect(openAi).toMatchObject(wanted);
    expect(openAi.input + openAi.output).toBe(3_693);
    expect(
      parts({
        ...usage,
        'ai.model.provider': 'anthropic.messages',
        'ai.usage.inputTokenDetails.noCacheTokens': 176,
        'ai.usage.inputTokenDetails.cacheReadTokens': 2_048,
      }),
    ).toMatchObject(wanted);
  });

  it('is beside an older AI SDK’s input from Anthropic, also where it is smaller', () => {
    const older = (input: number) =>
      parts({
        'ai.model.provider': 'anthropic.messages',
        'ai.usage.inputTokens': input,
        'ai.usage.cachedInputTokens': 2_048,
      });
    expect(older(176)).toMatchObject({ inputUncached: 176, input: 2_224, marks: [] });
    expect(older(5_000)).toMatchObject({ inputUncached: 5_000, input: 7_048, marks: [] });
  });

  it('is beside it in what Langfuse keeps and what Anthropic says itself', () => {
    const langfuse = { input: 5, input_cached_tokens: 100, output: 10, output_reasoning_tokens: 30 };
    expect(parts({ 'langfuse.observation.usage_details': langfuse })).toMatchObject({
      inputUncached: 5,
      input: 105,
      outputText: 10,
      output: 40,
      marks: [],
    });
    const anthropic = '{"input_tokens": 50, "cache_read_input_tokens": 20, "output_tokens": 1}';
    expect(parts({ 'langfuse.observation.usage_details': anthropic })).toMatchObject({
      inputUncached: 50,
      input: 70,
    });
  });
});

describe('tokens', () => {
  it('are nothing where nothing is said, and an input where only a total is', () => {
    expect(read({ 'gen_ai.request.model': 'gpt-4o' }).tokens).toBeNull();
    expect(parts({ 'ai.usage.tokens': 12 })).toMatchObject({ inputUncached: 12, output: 0 });
  });

  it.each([-1, 1.5, 'many', Number.MAX_SAFE_INTEGER, true])('refuse a count of %s and say so', (count) => {
    expect(read({ 'gen_ai.usage.input_tokens': count })).toEqual({ tokens: null, marks: ['tokens_refused'] });
  });

  it('take another name where one says nothing that can be', () => {
    expect(parts({ 'gen_ai.usage.input_tokens': '', 'gen_ai.usage.prompt_tokens': '7' })).toMatchObject({
      input: 7,
    });
  });

  it('never have a negative part, and add up to a total that there can be', () => {
    const names = Object.values(COUNTS).flat();
    let told = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.nat(5_000), fc.integer(), fc.string()), {
          maxKeys: 9,
        }),
        (attributes) => {
          const { tokens } = read({ ...attributes });
          if (tokens === null) return;
          told += 1;
          for (const kind of TOKEN_KINDS) expect(tokens[kind]).toBeGreaterThanOrEqual(0);
        },
      ),
      { seed: 8, numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(1_000);
  });

  it('are the same whether the parts are said within or beside, when a total is said', () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.nat(9_999),
        fc.nat(9_999),
        fc.nat(9_999),
        fc.nat(9_999),
        (uncached, cached, write, output) => {
          const details = {
            'gen_ai.usage.cache_read.input_tokens': cached,
            'gen_ai.usage.cache_creation.input_tokens': write,
            'gen_ai.usage.output_tokens': output,
            'gen_ai.usage.total_tokens': uncached + cached + write + output,
          };
          const within = parts({ ...details, 'gen_ai.usage.input_tokens': uncached + cached + write });
          const beside = parts({ ...details, 'gen_ai.usage.input_tokens': uncached });
          expect(within).toEqual(beside);
          expect(within.marks).toEqual([]);
          told += 1;
        },
      ),
      { seed: 8, numRuns: 1_000 },
    );
    expect(told).toBe(1_000);
  });
});
