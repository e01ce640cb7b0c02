/** The built console on the API's port: a page for every place in it, hashed files for ever, nothing else disguised as one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
const dist = mkdtempSync(join(tmpdir(), 'reeve-console-'));

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Reeve</title>');
  writeFileSync(join(dist, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  reeve = await startApp({ REEVE_CONSOLE_DIR: dist });
});
afterAll(async () => {
  await reeve.close();
  rmSync(dist, { recursive: true });
});

const get = (url: string, accept = 'text/html,application/xhtml+xml') =>
  reeve.inject({ method: 'GET', url, headers: { accept } });

it.each(['/', '/airline', '/airline/audit?seq=3', '/_all/panic', '/settings/members', '/set-up'])(
  'gives the page for %s, asked for each time',
  async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>Reeve</title>');
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
    });
  },
);

it('keeps hashed files for ever, and the rest not', async () => {
  expect((await get('/assets/index-abc123.js', '*/*')).headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringMatching(/javascript/) as string,
  });
  expect((await get('/favicon.svg', '*/*')).headers['cache-control']).toBe('public, max-age=86400');
});

it.each(['/assets/gone-def456.js', '/v1/none', '/auth/none', '/access/v1/none', '/graphql/none'])(
  'has no page for %s',
  async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('<title>');
  },
);

it.each(['/../../../../../etc/passwd', '/..%2f..%2f..%2f..%2fetc/passwd', '/assets/..%5c..%5c/etc/passwd'])(
  'gives no file from elsewhere for %s',
  async (url) => {
    expect((await get(url, '*/*')).body).not.toContain('root:');
    expect((await get(url)).body).not.toContain('root:');
  },
);

it('gives a program that asks for JSON no page', async () => {
  expect((await get('/airline', 'application/json')).statusCode).toBe(404);
});

it.each(['*/*', 'application/json', ''])('gives the page for the root, whoever asks: %j', async (accept) => {
  for (const url of ['/', '/?t=1h']) {
    const answer = await reeve.inject({ method: 'GET', url, headers: accept === '' ? {} : { accept } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>Reeve</title>');
  }
});
