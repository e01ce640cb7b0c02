import { expect, test } from 'vitest';
import { ratioRows, row, summary } from './report.mjs';

const result = (perSecond, p50Ms, p99Ms, api) => ({
  count: perSecond,
  seconds: 1,
  perSecond,
  p50Ms,
  p99Ms,
  cores: { 'Reeve API': api, 'load generator': 0.3 },
  machineCores: api + 0.3,
});

const reeve = row('reeve', 1, 32, [
  result(9000, 3, 8, 0.9),
  result(6000, 4, 9, 1.7),
  result(7000, 5, 20, 1.7),
]);
const cerbos = row('cerbos', 1, 32, [result(3500, 8, 18, 1)]);

test('a row is the median of its rounds', () => {
  expect(reeve.json).toEqual({
    bench: 'decisions',
    target: 'reeve',
    connections: 32,
    processes: 1,
    evaluationsPerSecond: 7000,
    p50Ms: 4,
    p99Ms: 9,
  });
});

test('a ratio compares the same number of connections, and only then', () => {
  expect(ratioRows([reeve, cerbos])).toEqual([
    {
      bench: 'decisions-ratio',
      target: 'reeve/cerbos',
      connections: 32,
      processes: 1,
      evaluationsPerSecond: 2,
      p50Ms: 0.5,
      p99Ms: 0.5,
    },
  ]);
  expect(ratioRows([row('reeve', 1, 1, [result(1, 1, 1, 1)]), cerbos])).toEqual([]);
});

test('the summary says what bounded it, and that the proof held', () => {
  const rows = [reeve, cerbos];
  const text = summary({
    rows,
    all: [...rows.map(({ json }) => json), ...ratioRows(rows)],
    proof: { records: 20_258, evaluations: 20_000 },
    disk: { p50Ms: 0.1, p99Ms: 0.4 },
    cores: 2,
  });
  expect(text).toContain('CPU: all 2 cores are busy');
  expect(text).toContain('20000 of them evaluations: chain, hashes and signatures verified');
  expect(text).toMatch(/reeve +1 +32 +7,000 +4 +9/);
});
