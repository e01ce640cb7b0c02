// Promises: the built package does what it says on this Node and on Node 22, fetched through npm where it can be.
// `npm run conformance -w @reeve/sdk`, after a build. `--here`: on this Node only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = join(import.meta.dirname, 'checks.mjs');
const OTHER = '22';

function check(node) {
  const { status } = spawnSync(node, [CHECKS], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

check(process.execPath);
if (!process.argv.includes('--here') && !process.versions.node.startsWith(`${OTHER}.`)) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-node-'));
  try {
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    spawnSync(npm, ['install', '--prefix', home, '--no-save', '--loglevel=error', `${name}@${OTHER}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const node = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(node)) check(node);
    else process.stdout.write(`skipped: Node ${OTHER} cannot be had here\n`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
