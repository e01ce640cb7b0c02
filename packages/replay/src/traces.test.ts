import { expect, it } from 'vitest';
import type { RecordedRun } from './recording.js';
import { readTraces, traceIdOf, traceOf, type Trace } from './traces.js';

const NOW = 1_790_000_000_000;
const RUN = 'tau2-sonnet4.5-airline/1';
const run = (name: string): RecordedRun => ({
  run: name,
  recorded: RUN,
  domain: 'airline',
  model: 'm',
  reward: 1,
  customer: null,
  membership: 'silver',
  calls: [],
});
const spansOf = ({ resourceSpans }: Trace) =>
  resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
const durations = (trace: Trace) =>
  spansOf(trace).map(({ startTimeUnixNano: start, endTimeUnixNano: end }) => BigInt(end) - BigInt(start));

it('a trace ends when its run does, and nothing else of its times changes', () => {
  const recorded = readTraces().get(RUN)!;
  const sent = traceOf(recorded, run(`${RUN}/7`), 'airline-support', NOW);
  const ends = spansOf(sent).map(({ endTimeUnixNano: end }) => BigInt(end));
  expect(ends.reduce((a, b) => (a > b ? a : b))).toBe(BigInt(NOW) * 1_000_000n);
  expect(durations(sent)).toEqual(durations(recorded));
});

it('its id is that of the trace that the questions of its run name', () => {
  const sent = spansOf(traceOf(readTraces().get(RUN)!, run(`${RUN}/7`), 'airline-support', NOW));
  expect(new Set(sent.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(`${RUN}/7`)]));
  const [root] = sent.filter(({ parentSpanId }) => parentSpanId === undefined);
  const said = new Map(root!.attributes.map(({ key, value }) => [key, value.stringValue]));
  expect(Object.fromEntries(said)).toMatchObject({
    'gen_ai.agent.name': 'airline-support',
    'gen_ai.conversation.id': `thread/${RUN}/7`,
    'reeve.run_id': `${RUN}/7`,
    'reeve.route': '/chat/airline',
    'reeve.segment': 'silver',
  });
});

it('a run that is played as it was recorded keeps its recorded id', () => {
  const recorded = readTraces();
  expect(recorded.size).toBe(46);
  for (const [name, trace] of recorded)
    expect(new Set(spansOf(trace).map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(name)]));
});
