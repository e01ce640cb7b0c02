// Promises: where a program of this machine is; on Debian, as root, how it gets there.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

export const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The first of `names` on the PATH, then of `places`.
 * @param {string[]} names
 * @param {string[]} places
 */
export function findProgram(names, places = []) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(
    executable,
  );
}

export const hasApt = () => executable('/usr/bin/apt-get');
export const canInstall = () => hasApt() && process.getuid?.() === 0;

export async function aptInstall(name, note) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, onLine: note });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', name], { env, onLine: note });
}
