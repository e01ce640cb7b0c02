import { expect, it } from 'vitest';
import { linkToken } from './link-token.js';

it.each([
  ['#token=abc-DEF_123', 'abc-DEF_123'],
  ['#', ''],
  ['', ''],
  ['#abc', ''],
])('%j holds %j', (hash, token) => {
  expect(linkToken(hash)).toBe(token);
});
