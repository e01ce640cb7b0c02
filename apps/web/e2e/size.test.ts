/** What a visitor loads stays within the bars: the first view first, and what is large when it is needed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { admin, sit } from './support/console.js';

const DIST = join(import.meta.dirname, '..', 'dist');
const KB = 1024;
const read = (path: string) => readFileSync(join(DIST, path));
const gzipped = (paths: readonly string[]) =>
  paths.reduce((sum, path) => sum + gzipSync(read(path), { level: 9 }).length, 0) / KB;

const page = read('index.html').toString();
/** Everything that loads before anything can be shown: the entry, and what it imports without asking. */
const first = (kind: 'js' | 'css') => [
  ...new Set(
    [...page.matchAll(new RegExp(`(?:src|href)="/(assets/[^"]+\\.${kind})"`, 'g'))].map(([, path]) => path!),
  ),
];

/** Named in the build's configuration: each is one library that comes when it is needed, and cannot be had in part. */
const LIBRARIES_KB: { readonly [chunk: string]: number } = {
  charts: 115, // Recharts: with the first chart that is looked at
  conditions: 75, // CEL with protobuf and RE2: with the first condition that is written, or draft that is reviewed
};
const later = readdirSync(join(DIST, 'assets'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => `assets/${file}`)
  .filter((path) => !first('js').includes(path));
const libraryOf = (path: string) =>
  Object.keys(LIBRARIES_KB).find((name) => path.startsWith(`assets/${name}-`));

it('the first view takes at most 200 KB of script and 20 KB of style, compressed', () => {
  expect(first('js').length).toBeGreaterThan(0);
  expect(gzipped(first('js'))).toBeLessThanOrEqual(200);
  expect(gzipped(first('css'))).toBeLessThanOrEqual(20);
});

it('no page and no part of one takes more than 45 KB, compressed', () => {
  const parts = later.filter((path) => libraryOf(path) === undefined);
  expect(parts.filter((path) => gzipped([path]) > 45)).toEqual([]);
});

it.each(Object.entries(LIBRARIES_KB))('%s come later, and take at most %i KB', (name, most) => {
  const [path, another] = later.filter((each) => libraryOf(each) === name);
  expect(another).toBeUndefined();
  expect(gzipped([path!])).toBeLessThanOrEqual(most);
});

it('no compiler of JSON Schemas is sent: it generates code, which the content security policy refuses', () => {
  for (const path of [...first('js'), ...later])
    expect(read(path).includes('new Function'), path).toBe(false);
});

it('nothing is inlined that the content security policy refuses', () => {
  for (const path of first('css')) expect(read(path).toString()).not.toContain('url(data:');
  expect(page).not.toMatch(/<script>|<style>/);
});

describe('on the wire', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser.close());

  interface Loaded {
    readonly url: string;
    readonly headers: { readonly [name: string]: string };
    bytes: number;
  }

  it('the overview takes at most 420 KB, compressed at build; a second visit takes no asset again', async () => {
    const { page, close } = await sit(browser, { as: admin() });
    const network = await page.context().newCDPSession(page);
    const loaded = new Map<string, Loaded>();
    await network.send('Network.enable');
    network.on('Network.responseReceived', ({ requestId, response: { url, headers } }) =>
      loaded.set(requestId, { url, headers, bytes: 0 }),
    );
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = loaded.get(requestId);
      if (one !== undefined) one.bytes = encodedDataLength;
    });
    const visit = async () => {
      loaded.clear();
      await page.goto('/airline');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      return [...loaded.values()];
    };
    const sum = (all: readonly Loaded[]) => all.reduce((bytes, one) => bytes + one.bytes, 0) / KB;

    const first = await visit();
    const assets = first.filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
    expect(assets.length).toBeGreaterThan(5);
    expect(sum(assets)).toBeGreaterThan(100);
    expect(sum(first)).toBeLessThanOrEqual(420);
    for (const { url, headers } of assets) {
      expect(headers['cache-control'], url).toBe('public, max-age=31536000, immutable');
      if (/\.(js|css)$/.test(url)) expect(headers['content-encoding'], url).toMatch(/^(br|gzip)$/);
    }

    const again = (await visit()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
    expect(sum(again)).toBe(0);
    await close();
  });
});
