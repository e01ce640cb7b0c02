/** Guarantees: every recorded payload reads as its golden file says, which a person has checked against the payload. */
import { describe, expect, it } from 'vitest';
import { contributions } from './contributions.js';
import { decodeTraces } from './decode/traces.js';
import { normalise } from './normalise/normalise.js';
import { PRICES } from './prices/starting-list.js';
import { spanOfLangfuse } from './readers/langfuse.js';
import type { Span } from './span.js';
import { binaryOf } from './testing/binary.js';
import { describeContribution, describeSpan } from './testing/describe-span.js';
import { groupBy } from './testing/group-by.js';
import { frameworkRows, langGraphPayload, vendorCases } from './testing/recorded.js';

const golden = (name: string) => `../cases/golden/${name}.txt`;

function read(payload: unknown) {
  const { spans, rejected } = decodeTraces({ json: JSON.stringify(payload) });
  return { spans: spans.map((raw) => normalise(raw)), rejected };
}

const adding = (spans: readonly Span[]) =>
  contributions(spans, PRICES).map((one) =>
    describeContribution(one, spans.find(({ spanId }) => spanId === one.spanId)?.name ?? ''),
  );

describe('spans of other makers', () => {
  it('read as their golden file says', async () => {
    const told = vendorCases().map(({ source, case: name, payload }, index) => {
      const { spans, rejected } = read(payload);
      const refused = rejected.map(({ path, reason }) => `  refused ${path}: ${reason}`);
      return [`# ${index} ${source}: ${name}`, ...spans.map(describeSpan), ...refused].join('\n');
    });
    expect(told).toHaveLength(72);
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(golden('vendor-spans'));
  });

  it('read the same in protobuf', () => {
    let compared = 0;
    for (const { payload } of vendorCases()) {
      let protobuf: Uint8Array;
      try {
        protobuf = binaryOf(payload);
      } catch {
        continue; // protobuf has no integer of more than 64 bits
      }
      expect(decodeTraces({ protobuf })).toEqual(decodeTraces({ json: JSON.stringify(payload) }));
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(71);
  });
});

describe('traces of frameworks', () => {
  it.each(['v1', 'v2'] as const)('read from Langfuse %s as their golden file says', async (version) => {
    const frameworks = groupBy(frameworkRows(version), ({ _framework }) => _framework ?? '');
    const told = [...frameworks].flatMap(([framework, rows]) => {
      const traces = groupBy(
        rows.map((row) => spanOfLangfuse(row)),
        ({ traceId }) => traceId,
      );
      return [...traces.values()].map((spans) =>
        [`# ${framework}`, ...spans.map(describeSpan), '', '  -- adds', ...adding(spans)].join('\n'),
      );
    });
    expect(frameworks.size).toBe(13);
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(golden(`frameworks-langfuse-${version}`));
  });

  it('read from OTLP as the golden file of LangGraph says', async () => {
    const { spans } = read(langGraphPayload());
    const told = [...spans.map(describeSpan), '', '  -- adds', ...adding(spans)];
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(golden('langgraph-otlp'));
  });
});
