/**
 * A secret that is made once and kept in the data directory, readable by its owner only. Two processes that start at
 * the same time agree on one: whoever creates the file first wins, the other reads it. It is on the disk before anything
 * is sealed with it.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

export function secretFile(path: string, make: () => string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(dirname(path), `.${randomUUID()}`);
  writeFileSync(draft, make(), { mode: 0o600, flush: true });
  try {
    // A link either appears whole or not at all, so that nobody reads half a secret.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  flushDirectory(dirname(path));
  return readFileSync(path, 'utf8');
}

/** The file's name, too, has to survive a loss of power. */
export function flushDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
