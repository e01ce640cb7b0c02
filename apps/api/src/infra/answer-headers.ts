/**
 * Headers that every answer carries, whoever makes it: nothing here is for a cache, and nothing is to be guessed at.
 */
export const ANSWER_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;
