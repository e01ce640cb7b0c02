/** The package as it is installed: built, then checked in a process of its own, without this repository's tools. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('is plain ES modules that conform on this Node, and CommonJS takes them', () => {
  const home = join(import.meta.dirname, '..');
  execFileSync(process.execPath, ['build.mjs'], { cwd: home });
  const said = execFileSync(process.execPath, ['conformance/run.mjs', '--here'], {
    cwd: home,
    encoding: 'utf8',
  });
  expect(said).toContain(`conforms on Node ${process.versions.node}`);
}, 60_000);
