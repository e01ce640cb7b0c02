import { describe, expect, it } from 'vitest';
import { contributions } from './contributions.js';
import { decodeTraces } from './decode/traces.js';
import { normalise } from './normalise/normalise.js';
import { LOG_POLICIES, redact } from './redact.js';
import { groupBy } from './testing/group-by.js';
import { langGraphPayload, runPayloads, vendorCases } from './testing/recorded.js';

const SPANS = [...vendorCases().map(({ payload }) => payload), ...runPayloads(), langGraphPayload()].flatMap(
  (payload) => decodeTraces({ json: JSON.stringify(payload) }).spans.map((raw) => normalise(raw)),
);
/** Texts of what was said, long enough to be told apart from names. */
const said = (span: (typeof SPANS)[number]) =>
  JSON.stringify(span.content ?? '').match(/[A-Za-z][\w ,.'-]{24,}/g) ?? [];
const text = (span: unknown) =>
  JSON.stringify(span, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));

describe('a log policy', () => {
  it('keeps nothing of what was said but under `full`', () => {
    let held = 0;
    for (const span of SPANS) {
      for (const policy of ['metadata', 'none'] as const) {
        const kept = text(redact(span, policy));
        for (const one of said(span)) {
          expect(kept).not.toContain(one);
          held += 1;
        }
      }
    }
    expect(held).toBeGreaterThan(1_000);
  });

  it('keeps names that nobody knows out, numbers and the conventions’ in', () => {
    const [span] = SPANS;
    if (span === undefined) throw new Error('no spans');
    const attributes = {
      'my.note': 'the card of Mia',
      'my.count': 3,
      'gen_ai.request.temperature': 1,
      'my.list': ['x'],
    };
    expect(redact({ ...span, attributes }, 'metadata').attributes).toEqual({
      'my.count': 3,
      'gen_ai.request.temperature': 1,
    });
    expect(redact({ ...span, attributes, name: 'Mia pays' }, 'none')).toMatchObject({
      name: 'chat gpt-4o',
      attributes: {},
    });
  });

  it('changes no figure', () => {
    const traces = groupBy(SPANS, ({ traceId }) => traceId);
    expect(traces.size).toBeGreaterThan(60);
    for (const policy of LOG_POLICIES) {
      for (const trace of traces.values()) {
        const kept = trace.map((span) => redact(span, policy));
        expect(contributions(kept, [])).toEqual(contributions(trace, []));
      }
    }
  });
});
