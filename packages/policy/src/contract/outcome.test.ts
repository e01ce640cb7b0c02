import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { outcomeJsonSchema, OutcomeReport } from './outcome.js';

const least = { evaluation_id: '018f3c1e-7b2a-7c3d-8e4f-0123456789ab', status: 'succeeded' };
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const valid = ajv.compile(outcomeJsonSchema());

test.each([
  ['the least', least],
  [
    'everything',
    {
      ...least,
      status: 'failed',
      arguments: { a: [1] },
      result: null,
      result_digest: 'sha256:0',
      error: { type: 'Timeout', message: 'too late' },
      started_at: '2026-01-01T00:00:00Z',
      ended_at: '2026-01-01T01:00:00+01:00',
      latency_ms: 0.5,
      cost_usd: 0,
      trace_id: 't',
      span_id: 's',
    },
  ],
])('accepts %s', (_, report) => {
  expect([OutcomeReport.safeParse(report).success, valid(report)]).toEqual([true, true]);
});

test.each([
  ['a member nobody knows', { ...least, outcome: 'fine' }],
  ['no status', { evaluation_id: least.evaluation_id }],
  ['a status nobody knows', { ...least, status: 'done' }],
  ['an id that is none', { ...least, evaluation_id: '7' }],
  ['a negative latency', { ...least, latency_ms: -1 }],
  ['a cost in words', { ...least, cost_usd: 'free' }],
  ['a time without a zone', { ...least, started_at: '2026-01-01T00:00:00' }],
  ['an error with a member nobody knows', { ...least, error: { type: 'x', stack: 'y' } }],
])('refuses %s', (_, report) => {
  expect([OutcomeReport.safeParse(report).success, valid(report)]).toEqual([false, false]);
});
