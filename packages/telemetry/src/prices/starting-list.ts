/**
 * Promises: prices to begin with, as makers list them, for anybody to change: USD for a million tokens, standard tier.
 *
 * Read on 2026-11-26 from BerriAI/litellm 1.110.2 (MIT), `model_prices_and_context_window_backup.json`, which names the
 * maker's page for each; models that are no longer sold, and so no longer in it, from langfuse/langfuse @ 62751446149b
 * (MIT), `default-model-prices.json`, marked so. Written cache is priced as written for five minutes. A dated model
 * stands here only where its price is not its family's. A batch costs half unless it says otherwise.
 */
import type { Price, PriceList, Rates } from './price-list.js';

interface RowRates {
  readonly input: string;
  readonly output: string;
  readonly cacheRead?: string;
  readonly cacheWrite?: string;
  readonly reasoning?: string;
  readonly inputAudio?: string;
  readonly outputAudio?: string;
}

interface Row extends RowRates {
  readonly model: string;
  readonly tiers?: readonly (RowRates & { readonly above: number })[];
  readonly batch?: RowRates;
}

// prettier-ignore
const ROWS: readonly Row[] = [
  { model: 'claude-2.0', input: '8', output: '24' }, // Langfuse
  { model: 'claude-2.1', input: '8', output: '24' }, // Langfuse
  { model: 'claude-3-5-haiku-20241022', input: '0.8', output: '4', cacheRead: '0.08', cacheWrite: '1' }, // Langfuse
  { model: 'claude-3-5-haiku-latest', input: '0.8', output: '4', cacheRead: '0.08', cacheWrite: '1' }, // Langfuse
  { model: 'claude-3-5-sonnet-20240620', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-3-5-sonnet-20241022', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-3-5-sonnet-latest', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-3-7-sonnet-20250219', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-3-7-sonnet-latest', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-3-haiku-20240307', input: '0.25', output: '1.25' }, // Langfuse
  { model: 'claude-3-opus-20240229', input: '15', output: '75' }, // Langfuse
  { model: 'claude-3-sonnet-20240229', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-fable-5', input: '10', output: '50', cacheRead: '1', cacheWrite: '12.5' },
  { model: 'claude-fable-5-1', input: '10', output: '50', cacheRead: '0.25', cacheWrite: '12.5' },
  { model: 'claude-haiku-4-5', input: '1', output: '5', cacheRead: '0.1', cacheWrite: '1.25' },
  { model: 'claude-haiku-5-5', input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite: '0.125', tiers: [{ above: 100_000, input: '0.5', output: '2.5', cacheWrite: '0.625', cacheRead: '0.05' }] },
  { model: 'claude-mythos-5', input: '10', output: '50', cacheRead: '1', cacheWrite: '12.5' },
  { model: 'claude-mythos-5-1', input: '10', output: '50', cacheRead: '0.25', cacheWrite: '12.5' },
  { model: 'claude-opus-4-1-20250805', input: '15', output: '75', cacheRead: '1.5', cacheWrite: '18.75' }, // Langfuse
  { model: 'claude-opus-4-20250514', input: '15', output: '75', cacheRead: '1.5', cacheWrite: '18.75' }, // Langfuse
  { model: 'claude-opus-4-5', input: '5', output: '25', cacheRead: '0.5', cacheWrite: '6.25' },
  { model: 'claude-opus-4-6', input: '5', output: '25', cacheRead: '0.5', cacheWrite: '6.25' },
  { model: 'claude-opus-4-7', input: '5', output: '25', cacheRead: '0.5', cacheWrite: '6.25' },
  { model: 'claude-opus-4-8', input: '5', output: '25', cacheRead: '0.5', cacheWrite: '6.25' },
  { model: 'claude-opus-5', input: '5', output: '25', cacheRead: '0.5', cacheWrite: '6.25' },
  { model: 'claude-opus-5-5', input: '4', output: '20', cacheRead: '0.2', cacheWrite: '5' },
  { model: 'claude-sonnet-4-20250514', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-sonnet-4-5', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' },
  { model: 'claude-sonnet-4-6', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' },
  { model: 'claude-sonnet-4-latest', input: '3', output: '15', cacheRead: '0.3', cacheWrite: '3.75' }, // Langfuse
  { model: 'claude-sonnet-5', input: '2', output: '10', cacheRead: '0.2', cacheWrite: '2.5' },
  { model: 'claude-sonnet-5-5', input: '2', output: '10', cacheRead: '0.1', cacheWrite: '2.5' },
  { model: 'codestral-2508', input: '0.3', output: '0.9', cacheRead: '0.03' },
  { model: 'codestral-embed', input: '0.15', output: '0', cacheRead: '0.015' },
  { model: 'codestral-latest', input: '0.3', output: '0.9', cacheRead: '0.03' },
  { model: 'command-a-03-2025', input: '2.5', output: '10' },
  { model: 'command-r-08-2024', input: '0.15', output: '0.6' },
  { model: 'command-r-plus-08-2024', input: '2.5', output: '10' },
  { model: 'command-r7b-12-2024', input: '0.0375', output: '0.15' },
  { model: 'deepseek-chat', input: '0.28', output: '0.42', cacheRead: '0.028' },
  { model: 'deepseek-r1', input: '0.55', output: '2.19', cacheRead: '0.14' },
  { model: 'deepseek-reasoner', input: '0.28', output: '0.42', cacheRead: '0.028' },
  { model: 'deepseek-v3', input: '0.27', output: '1.1', cacheRead: '0.07', cacheWrite: '0' },
  { model: 'deepseek-v3.2', input: '0.28', output: '0.4', cacheRead: '0.028' },
  { model: 'deepseek-v4-flash', input: '0.3', output: '1.2', cacheRead: '0.006', cacheWrite: '0' },
  { model: 'deepseek-v4-pro', input: '1.32', output: '3.96', cacheRead: '0.044', cacheWrite: '0' },
  { model: 'devstral-latest', input: '0.4', output: '2', cacheRead: '0.04' },
  { model: 'devstral-medium-latest', input: '0.4', output: '2', cacheRead: '0.04' },
  { model: 'devstral-small-latest', input: '0.1', output: '0.3', cacheRead: '0.01' },
  { model: 'embed-v4.0', input: '0.12', output: '0' },
  { model: 'gemini-2.0-flash', input: '0.1', output: '0.4' }, // Langfuse
  { model: 'gemini-2.0-flash-001', input: '0.1', output: '0.4' }, // Langfuse
  { model: 'gemini-2.0-flash-lite-preview', input: '0.075', output: '0.3' }, // Langfuse
  { model: 'gemini-2.0-flash-lite-preview-02-05', input: '0.075', output: '0.3' }, // Langfuse
  { model: 'gemini-2.5-flash', input: '0.3', output: '2.5', cacheRead: '0.03', reasoning: '2.5', inputAudio: '1' },
  { model: 'gemini-2.5-flash-lite', input: '0.1', output: '0.4', cacheRead: '0.01', reasoning: '0.4', inputAudio: '0.3' },
  { model: 'gemini-2.5-flash-lite-preview-09-2025', input: '0.1', output: '0.4', cacheRead: '0.01', reasoning: '0.4', inputAudio: '0.3' },
  { model: 'gemini-2.5-flash-preview-09-2025', input: '0.3', output: '2.5', cacheRead: '0.03', reasoning: '2.5', inputAudio: '1' },
  { model: 'gemini-2.5-pro', input: '1.25', output: '10', cacheRead: '0.125', tiers: [{ above: 200_000, cacheRead: '0.25', cacheWrite: '0.25', input: '2.5', output: '15' }] },
  { model: 'gemini-3-flash-preview', input: '0.5', output: '3', cacheRead: '0.05', reasoning: '3', inputAudio: '1' },
  { model: 'gemini-3.1-flash-lite', input: '0.25', output: '1.5', cacheRead: '0.025', reasoning: '1.5', inputAudio: '0.5' },
  { model: 'gemini-3.1-flash-lite-preview', input: '0.25', output: '1.5', cacheRead: '0.025', reasoning: '1.5', inputAudio: '0.5' },
  { model: 'gemini-3.1-pro-preview', input: '2', output: '12', cacheRead: '0.2', tiers: [{ above: 200_000, cacheWrite: '0.25', cacheRead: '0.4', input: '4', output: '18' }] },
  { model: 'gemini-3.5-flash', input: '1.5', output: '9', cacheRead: '0.15', reasoning: '9', inputAudio: '1.5' },
  { model: 'gemini-3.5-flash-lite', input: '0.3', output: '2.5', cacheRead: '0.03', reasoning: '2.5' },
  { model: 'gemini-3.6-flash', input: '0.75', output: '3.75', cacheRead: '0.075', reasoning: '3.75' },
  { model: 'gemini-3.7-flash', input: '0.75', output: '3.75', cacheRead: '0.075', reasoning: '3.75' },
  { model: 'gemini-3.8-flash', input: '0.75', output: '3.75', cacheRead: '0.075', reasoning: '3.75' },
  { model: 'gemini-4-argon', input: '2', output: '10', cacheRead: '0.1', reasoning: '10' },
  { model: 'gemini-4-hydrogen', input: '1.5', output: '7.5', cacheRead: '0.075', reasoning: '7.5' },
  { model: 'gemini-embedding-001', input: '0.15', output: '0' },
  { model: 'gemini-embedding-2', input: '0.2', output: '0', inputAudio: '6.5' },
  { model: 'gemini-embedding-2-preview', input: '0.2', output: '0', inputAudio: '6.5' },
  { model: 'gpt-3.5-turbo', input: '0.5', output: '1.5' },
  { model: 'gpt-3.5-turbo-0125', input: '0.5', output: '1.5' },
  { model: 'gpt-3.5-turbo-1106', input: '1', output: '2', batch: { input: '1', output: '2' } },
  { model: 'gpt-4', input: '30', output: '60' },
  { model: 'gpt-4-0125-preview', input: '10', output: '30' }, // Langfuse
  { model: 'gpt-4-0613', input: '30', output: '60' },
  { model: 'gpt-4-1106-preview', input: '10', output: '30' },
  { model: 'gpt-4-turbo', input: '10', output: '30' },
  { model: 'gpt-4.1', input: '2', output: '8', cacheRead: '0.5' },
  { model: 'gpt-4.1-mini', input: '0.4', output: '1.6', cacheRead: '0.1' },
  { model: 'gpt-4.1-nano', input: '0.1', output: '0.4', cacheRead: '0.025' },
  { model: 'gpt-4.5-preview', input: '75', output: '150', cacheRead: '37.5' }, // Langfuse
  { model: 'gpt-4o', input: '2.5', output: '10', cacheRead: '1.25' },
  { model: 'gpt-4o-2024-05-13', input: '5', output: '15' },
  { model: 'gpt-4o-audio-preview-2024-12-17', input: '2.5', output: '10', inputAudio: '40', outputAudio: '80' },
  { model: 'gpt-4o-audio-preview-2025-06-03', input: '2.5', output: '10', inputAudio: '40', outputAudio: '80' },
  { model: 'gpt-4o-mini', input: '0.15', output: '0.6', cacheRead: '0.075' },
  { model: 'gpt-5', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5-chat', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5-codex', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5-mini', input: '0.25', output: '2', cacheRead: '0.025' },
  { model: 'gpt-5-nano', input: '0.05', output: '0.4', cacheRead: '0.005' },
  { model: 'gpt-5-pro', input: '15', output: '120' },
  { model: 'gpt-5.1', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5.1-chat-latest', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5.1-codex', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5.1-codex-max', input: '1.25', output: '10', cacheRead: '0.125' },
  { model: 'gpt-5.1-codex-mini', input: '0.25', output: '2', cacheRead: '0.025' },
  { model: 'gpt-5.2', input: '1.75', output: '14', cacheRead: '0.175' },
  { model: 'gpt-5.2-chat-latest', input: '1.75', output: '14', cacheRead: '0.175' },
  { model: 'gpt-5.2-codex', input: '1.75', output: '14', cacheRead: '0.175' },
  { model: 'gpt-5.2-pro', input: '21', output: '168' },
  { model: 'gpt-5.3-chat-latest', input: '1.75', output: '14', cacheRead: '0.175' },
  { model: 'gpt-5.3-codex', input: '1.75', output: '14', cacheRead: '0.175' },
  { model: 'gpt-5.4', input: '2.5', output: '15', cacheRead: '0.25', tiers: [{ above: 272_000, cacheRead: '0.5', input: '5', output: '22.5' }], batch: { input: '1.25', output: '7.5', cacheRead: '0.13' } },
  { model: 'gpt-5.4-mini', input: '0.75', output: '4.5', cacheRead: '0.075' },
  { model: 'gpt-5.4-nano', input: '0.2', output: '1.25', cacheRead: '0.02' },
  { model: 'gpt-5.4-pro', input: '30', output: '180', tiers: [{ above: 272_000, input: '60', output: '270' }] },
  { model: 'gpt-5.5', input: '5', output: '30', cacheRead: '0.5', tiers: [{ above: 272_000, cacheRead: '1', input: '10', output: '45' }] },
  { model: 'gpt-5.5-pro', input: '30', output: '180', tiers: [{ above: 272_000, input: '60', output: '270' }] },
  { model: 'gpt-5.6', input: '4', output: '20', cacheRead: '0.4', cacheWrite: '5', tiers: [{ above: 272_000, cacheWrite: '10', cacheRead: '0.8', input: '8', output: '30' }] },
  { model: 'gpt-6-astra', input: '10', output: '50', cacheRead: '1', cacheWrite: '12.5', tiers: [{ above: 272_000, cacheWrite: '25', cacheRead: '2', input: '20', output: '75' }] },
  { model: 'gpt-6-luna', input: '0.1', output: '0.5', cacheRead: '0.01', cacheWrite: '0.125', tiers: [{ above: 272_000, cacheWrite: '0.25', cacheRead: '0.02', input: '0.2', output: '0.75' }] },
  { model: 'gpt-6-sol', input: '2', output: '10', cacheRead: '0.2', cacheWrite: '2.5', tiers: [{ above: 272_000, cacheWrite: '5', cacheRead: '0.4', input: '4', output: '15' }] },
  { model: 'gpt-6.1-sol', input: '2', output: '10', cacheRead: '0.1', cacheWrite: '2.5', tiers: [{ above: 272_000, cacheWrite: '5', cacheRead: '0.2', input: '4', output: '15' }] },
  { model: 'gpt-6.1-terra', input: '1', output: '5', cacheRead: '0.05', cacheWrite: '1.25', tiers: [{ above: 272_000, cacheWrite: '2.5', cacheRead: '0.1', input: '2', output: '7.5' }] },
  { model: 'gpt-audio', input: '2.5', output: '10', inputAudio: '32', outputAudio: '64' },
  { model: 'gpt-audio-mini', input: '0.6', output: '2.4', inputAudio: '10', outputAudio: '20' },
  { model: 'grok-4.20', input: '1.25', output: '2.5', cacheRead: '0.2', tiers: [{ above: 200_000, input: '2.5', output: '5', cacheRead: '0.4' }], batch: { input: '1', output: '2', cacheRead: '0.16' } },
  { model: 'grok-4.20-non-reasoning', input: '1.25', output: '2.5', cacheRead: '0.2', tiers: [{ above: 200_000, input: '2.5', output: '5', cacheRead: '0.4' }], batch: { input: '1', output: '2', cacheRead: '0.16' } },
  { model: 'grok-4.20-reasoning', input: '1.25', output: '2.5', cacheRead: '0.2', tiers: [{ above: 200_000, input: '2.5', output: '5', cacheRead: '0.4' }], batch: { input: '1', output: '2', cacheRead: '0.16' } },
  { model: 'grok-4.3', input: '1.25', output: '2.5', cacheRead: '0.2', tiers: [{ above: 200_000, cacheRead: '0.4', input: '2.5', output: '5' }], batch: { input: '1', output: '2', cacheRead: '0.16' } },
  { model: 'grok-4.5', input: '2', output: '6', cacheRead: '0.3', tiers: [{ above: 200_000, cacheRead: '0.6', input: '4', output: '12' }] },
  { model: 'grok-4.6', input: '2', output: '6', cacheRead: '0.5', tiers: [{ above: 200_000, cacheRead: '1', input: '4', output: '12' }] },
  { model: 'grok-4.7', input: '2', output: '6', cacheRead: '0.5', tiers: [{ above: 200_000, cacheRead: '1', input: '4', output: '12' }], batch: { input: '1.6', output: '4.8', cacheRead: '0.4' } },
  { model: 'grok-code-fast-1', input: '1', output: '2', cacheRead: '0.2', tiers: [{ above: 200_000, cacheRead: '0.4', input: '2', output: '4' }] },
  { model: 'magistral-medium-latest', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'magistral-small-latest', input: '0.15', output: '0.6', cacheRead: '0.015' },
  { model: 'ministral-14b-latest', input: '0.2', output: '0.2', cacheRead: '0.02' },
  { model: 'ministral-3b-latest', input: '0.1', output: '0.1', cacheRead: '0.01' },
  { model: 'ministral-8b-latest', input: '0.15', output: '0.15', cacheRead: '0.015' },
  { model: 'mistral-embed', input: '0.1', output: '0' },
  { model: 'mistral-embed-2312', input: '0.1', output: '0' },
  { model: 'mistral-large-2512', input: '0.5', output: '1.5', cacheRead: '0.05' },
  { model: 'mistral-large-3', input: '0.5', output: '1.5', cacheRead: '0.05' },
  { model: 'mistral-large-4', input: '0.7', output: '2.1', cacheRead: '0.07' },
  { model: 'mistral-large-4-0', input: '0.7', output: '2.1', cacheRead: '0.07' },
  { model: 'mistral-large-latest', input: '0.5', output: '1.5', cacheRead: '0.05' },
  { model: 'mistral-medium', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'mistral-medium-2604', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'mistral-medium-3', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'mistral-medium-3-5', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'mistral-medium-3.5', input: '1.5', output: '7.5', cacheRead: '0.15' },
  { model: 'mistral-small', input: '0.1', output: '0.3', cacheRead: '0.01' },
  { model: 'mistral-small-2603', input: '0.15', output: '0.6', cacheRead: '0.015' },
  { model: 'mistral-small-latest', input: '0.15', output: '0.6', cacheRead: '0.015' },
  { model: 'mistral-tiny', input: '0.25', output: '0.25', cacheRead: '0.025' },
  { model: 'o1', input: '15', output: '60', cacheRead: '7.5' },
  { model: 'o1-mini', input: '1.1', output: '4.4', cacheRead: '0.55' }, // Langfuse
  { model: 'o1-preview', input: '15', output: '60', cacheRead: '7.5' }, // Langfuse
  { model: 'o1-pro', input: '150', output: '600' },
  { model: 'o3', input: '2', output: '8', cacheRead: '0.5' },
  { model: 'o3-deep-research', input: '10', output: '40', cacheRead: '2.5' },
  { model: 'o3-mini', input: '1.1', output: '4.4', cacheRead: '0.55' },
  { model: 'o3-pro', input: '20', output: '80' },
  { model: 'o4-mini', input: '1.1', output: '4.4', cacheRead: '0.275' },
  { model: 'o4-mini-deep-research', input: '2', output: '8', cacheRead: '0.5' },
  { model: 'open-mistral-nemo', input: '0.3', output: '0.3', cacheRead: '0.03' },
  { model: 'pixtral-large-latest', input: '2', output: '6', cacheRead: '0.2' },
  { model: 'text-embedding-004', input: '0.1', output: '0' },
  { model: 'text-embedding-005', input: '0.1', output: '0' },
  { model: 'text-embedding-3-large', input: '0.13', output: '0' },
  { model: 'text-embedding-3-small', input: '0.02', output: '0' },
  { model: 'text-embedding-ada-002', input: '0.1', output: '0' },
];

const RATES = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'inputAudio',
  'outputAudio',
] as const satisfies readonly (keyof Rates)[];

const PICO_USD_PER_TOKEN = 1_000_000; // of one USD for a million

function ratesOf(row: RowRates): Rates {
  const rates: { -readonly [Name in keyof Rates]: bigint } = { input: 0n, output: 0n };
  for (const name of RATES) {
    const said = row[name];
    if (said !== undefined) rates[name] = BigInt(Math.round(Number(said) * PICO_USD_PER_TOKEN));
  }
  return rates;
}

const priceOfRow = (row: Row): Price => ({
  model: row.model,
  provider: null,
  from: null,
  until: null,
  rates: ratesOf(row),
  tiers: (row.tiers ?? []).map((tier) => ({ aboveInputTokens: tier.above, rates: ratesOf(tier) })),
  ...(row.batch === undefined ? {} : { batch: ratesOf(row.batch) }),
});

export const PRICES: PriceList = ROWS.map(priceOfRow);
