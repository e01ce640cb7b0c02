// Promises: node_modules is what package-lock.json says, and `npm ci` runs only when it is not.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

const MINIMUM = [20, 19];
const modules = join(ROOT, 'node_modules');
const stamp = join(modules, '.lock-hash');

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  throw new Error(`Reeve needs Node ${MINIMUM.join('.')} or newer; this is ${version}`);
}

/** Hash of everything that decides what npm installs here. */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  for (const file of ['package-lock.json', '.npmrc']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

export function needsInstall() {
  if (!existsSync(modules)) return true;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return false;
  if (!matchesLock()) return true;
  writeFileSync(stamp, wanted());
  return false;
}

/** Whether someone's own `npm install` has already put every package of the lock in place. */
function matchesLock() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  try {
    const installed = read(join(modules, '.package-lock.json'));
    return Object.entries(read(join(ROOT, 'package-lock.json'))).every(
      ([path, { version, optional, link, resolved }]) =>
        !path.startsWith('node_modules/') ||
        (link
          ? installed[path]?.resolved === resolved
          : installed[path]?.version === version || (optional && !installed[path])),
    );
  } catch {
    return false;
  }
}

export async function install() {
  await run('npm', ['ci', '--loglevel=error', '--no-progress'], { env: { NODE_ENV: 'development' } });
  writeFileSync(stamp, wanted());
}
