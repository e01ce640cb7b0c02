/** The names that /metrics shows are the ones that people read about, and as the conventions have them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { METRICS } from './metric-table.js';

const DOCS = new URL('../../../../docs/run-in-production.md', import.meta.url);

it('documents every metric, and none that there is not', () => {
  const named = new Set(readFileSync(DOCS, 'utf8').match(/\breeve_[a-z_]+\b/g));
  for (const not of ['reeve_app', 'reeve_ledger', 'reeve_telemetry']) named.delete(not);
  expect(named).toEqual(new Set(Object.values(METRICS).map(({ name }) => name)));
});

it.each(Object.values(METRICS))(
  '$name: lower case, a unit or a count, a sentence',
  ({ name, help, labelNames }) => {
    expect(name).toMatch(/^reeve_[a-z]+(_[a-z]+)*$/);
    expect(name).not.toMatch(/_(ms|millis|milliseconds)/);
    expect(help).toMatch(/^[A-Z0-9][^"\\\n]+\.$/);
    for (const label of labelNames)
      expect(label).not.toMatch(/tenant(?!_class$)|subject|key|user|tool|agent/);
  },
);
