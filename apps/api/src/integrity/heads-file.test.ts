import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { HeadsFile, type NotedHead } from './heads-file.js';

const dataDir = mkdtempSync(join(tmpdir(), 'reeve-heads-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

const A = '0b9d5c0e-8a53-4a53-9d6f-0f5f7c0c1b2a';
const B = '6a1f0c52-3f0e-4c8e-9f43-2d1f5b7a9e10';
const head = (tenant: string, seq: number): NotedHead => ({
  at: '2026-11-26T12:00:00.000Z',
  tenant,
  seq,
  hash: String(seq % 10).repeat(64),
});

it('keeps every line and gives the last head of each tenant, past a line that was cut by a kill', async () => {
  const file = new HeadsFile(dataDir);
  expect(await file.last()).toEqual([]);
  await file.append([head(A, 1), head(B, 5)]);
  appendFileSync(file.path, '{"at":"2026-11-26T12:00:00.0');
  await file.append([head(A, 2)]);
  expect(await file.last()).toEqual([head(A, 2), head(B, 5)]);
  expect(readFileSync(file.path, 'utf8').match(/"seq":/g)).toHaveLength(3);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
});
