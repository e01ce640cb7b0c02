import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { weakness } from './weak-key.js';

const bytes = (make: (i: number) => number) => Uint8Array.from({ length: 32 }, (_, i) => make(i) & 255);
const base64 = (text: string) => Buffer.from(text, 'base64').subarray(0, 32);

describe('a key that somebody typed', () => {
  it.each([
    ['all zero', bytes(() => 0)],
    ['all ones', bytes(() => 255)],
    ['abab', Buffer.from('ab'.repeat(16))],
    ['abab as base64', base64('abab'.repeat(11))],
    ['hexadecimal abab', Buffer.from('ab'.repeat(32), 'hex')],
    ['deadbeef', Buffer.from('deadbeef'.repeat(8), 'hex')],
    ['one half twice', bytes((i) => (i % 16) * 37 + 11)],
    ['one half twice and a bit', bytes((i) => (i === 31 ? 7 : (i % 11) * 37 + 11))],
    ['mostly zero', bytes((i) => (i > 28 ? i * 71 : 0))],
    ['counting up', bytes((i) => i)],
    ['counting down', bytes((i) => 255 - i)],
    ['counting by 7 over the end', bytes((i) => 240 + 7 * i)],
    ['counting, but for the start', bytes((i) => (i < 4 ? i * i * 77 : 100 + i))],
    ['a sentence', Buffer.from('correct horse battery staple !!!')],
    ['hexadecimal text', Buffer.from('9f86d081884c7d659a2feaa0c55ad015')],
    ['base64 text once more', Buffer.from('c2VjcmV0LXNlY3JldC1zZWNyZXQtc2Vj')],
    ['words that are base64', base64('thisisthevaultkeyofourproductionsystemsssss')],
    ['Words That Are Base64', base64('CorrectHorseBatteryStapleCorrectHorseBatter')],
    ['SHOUTED BASE64', base64('CHANGEMEBEFOREYOUGOTOPRODUCTIONPLEASECHANGE')],
    ['words with numbers', base64('changeme123changeme456changeme789changeme000')],
  ])('%s is found out', (_, key) => {
    expect(weakness(key)).not.toBeNull();
  });
});

it('20,000 keys drawn at random are none', () => {
  const drawn = Array.from({ length: 20_000 }, (_, i) => createHash('sha256').update(`key ${i}`).digest());
  expect(drawn.filter((key) => weakness(key) !== null)).toEqual([]);
});
