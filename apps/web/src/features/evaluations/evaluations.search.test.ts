import { EFFECTS } from '@reeve/policy';
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from '../../shared/url/time-range.js';
import { evaluationFilter, evaluationSearch } from './evaluations.search.js';

const words = fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 });
const text = fc.string({ minLength: 1, maxLength: 40 });

test('every set of filters survives the URL', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          effect: fc.array(fc.constantFrom(...EFFECTS), { minLength: 1, maxLength: 5 }),
          reason: fc.array(fc.stringMatching(/^[a-z_]{1,20}$/), { minLength: 1, maxLength: 5 }),
          tool: words,
          assistant: words,
          run: text,
          subject: text,
          peek: fc.uuid(),
        },
        { requiredKeys: [] },
      ),
      (search) => {
        expect(evaluationSearch.parse(defaultParseSearch(defaultStringifySearch(search)))).toEqual(search);
      },
    ),
  );
});

test('what is not understood falls away, alone', () => {
  expect(evaluationSearch.parse({ effect: ['allowed?'], tool: 'refund', run: 17, peek: 'x' })).toEqual({
    tool: ['refund'],
    run: '17',
  });
});

test('a moving range has no end, a fixed one has', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(evaluationFilter({ effect: ['deny'] }, rangeOf({ t: '1h' }, now))).toEqual({
    effect: ['deny'],
    from: '2026-11-21T11:00:00.000Z',
  });
  const fixed = rangeOf({ from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }, now);
  expect(evaluationFilter({}, fixed).to).toBe('2026-11-21T00:00:00.000Z');
});
