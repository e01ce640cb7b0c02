import { EFFECTS } from '@reeve/policy';
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from '../../shared/url/time-range.js';
import { auditSearch, exportAddress, isFiltered, NO_FILTERS } from './audit.search.js';

const words = fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 });
const text = fc.string({ minLength: 1, maxLength: 40 });
const filters = fc.record(
  {
    kind: fc.array(fc.constantFrom('evaluation', 'outcome', 'change'), { minLength: 1, maxLength: 3 }),
    actor: text,
    action: words,
    target: words,
    effect: fc.array(fc.constantFrom(...EFFECTS), { minLength: 1, maxLength: 5 }),
    reason: words,
    text,
  },
  { requiredKeys: [] },
);

test('every set of filters survives the URL', () => {
  fc.assert(
    fc.property(filters, fc.integer({ min: 1, max: 2 ** 40 }), (search, seq) => {
      const whole = { ...search, peek: String(seq) };
      expect(auditSearch.parse(defaultParseSearch(defaultStringifySearch(whole)))).toEqual(whole);
    }),
  );
});

test('an export asks for exactly what the list shows', () => {
  fc.assert(
    fc.property(filters, (search) => {
      const asked = new URLSearchParams(
        exportAddress('acme', 'csv', { ...NO_FILTERS, ...search }, null, 'Because it is due').split('?')[1],
      );
      expect(asked.getAll('kind')).toEqual(search.kind ?? []);
      expect(asked.getAll('reasonCode')).toEqual(search.reason ?? []);
      expect(asked.get('text')).toBe(search.text ?? null);
      expect(asked.has('from')).toBe(false);
    }),
  );
});

test('without a filter only the range is asked for', () => {
  const range = rangeOf({ t: '1h' }, Date.parse('2026-11-21T12:00:00Z'));
  expect(exportAddress('acme', 'ndjson', NO_FILTERS, range, 'Monthly evidence')).toBe(
    '/v1/audit/export?tenant=acme&format=ndjson&reason=Monthly+evidence&from=2026-11-21T11%3A00%3A00.000Z',
  );
  expect(isFiltered(NO_FILTERS)).toBe(false);
});
