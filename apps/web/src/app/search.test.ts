/** The URL holds the state of every page: what a page read from it is written and read again unchanged. */
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { pageRoutes } from './pages.js';

const searches = pageRoutes.flatMap(({ options }) => {
  const { path, validateSearch } = options as { path: string; validateSearch?: z.ZodMiniObject };
  return validateSearch === undefined ? [] : [{ path, schema: validateSearch }];
});

/** Words that some member of some page takes, so that more than the empty search is tried. */
const WORDS = [
  'allow',
  'deny',
  'approve',
  'dangerous',
  'read',
  'kill_switch',
  'change',
  'evaluation',
  '6h',
  'grid',
];
const value = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ maxLength: 40 }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
  fc.constant(null),
);

it('is asked of every page that has a search', () => {
  expect(searches.length).toBeGreaterThanOrEqual(5);
});

describe.each(searches)('$path', ({ schema }) => {
  it('takes anything and keeps what it understands', () => {
    const anything = fc.record(Object.fromEntries(Object.keys(schema.shape).map((key) => [key, value])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(anything, (given) => {
        const read = schema.parse(given);
        expect(schema.parse(defaultParseSearch(defaultStringifySearch(read)))).toEqual(read);
      }),
    );
  });
});
