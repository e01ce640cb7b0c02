/** What a visitor loads stays within the bars: the first view in one small piece, the charts apart from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

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

it('the entry is at most 200 KB of script, 250 KB with all it imports, and 20 KB of style, compressed', () => {
  expect(first('js').length).toBeGreaterThan(0);
  expect(gzipped(first('js').slice(0, 1))).toBeLessThanOrEqual(200);
  expect(gzipped(first('js'))).toBeLessThanOrEqual(250);
  expect(gzipped(first('css'))).toBeLessThanOrEqual(20);
});

it('the chart library is in none of it', () => {
  expect(first('js').filter((path) => read(path).includes('recharts'))).toEqual([]);
});

it('nothing is inlined that the content security policy refuses', () => {
  for (const path of first('css')) expect(read(path).toString()).not.toContain('url(data:');
  expect(page).not.toMatch(/<script>|<style>/);
});
