import { Logger } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import { Outage } from './outage.js';

afterEach(() => vi.restoreAllMocks());

it('says one line at its start and one at its end, with how long and how many', () => {
  const lines: string[] = [];
  for (const level of ['error', 'warn'] as const)
    vi.spyOn(Logger.prototype, level).mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(Date, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(13_300);
  const outage = new Outage('PostgreSQL');

  outage.answered();
  for (let i = 0; i < 345; i += 1)
    outage.failed(new Error('outer', { cause: new Error('connect ECONNREFUSED\nand a second line') }));
  outage.answered();
  outage.answered();
  expect(lines).toEqual([
    'PostgreSQL does not answer: connect ECONNREFUSED',
    'PostgreSQL answers again after 12.3 s and 345 failures',
  ]);
});
