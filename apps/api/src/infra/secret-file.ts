/**
 * A secret that is made once and kept in the data directory, readable by its owner only. Two processes that start at
 * the same time agree on one: whoever creates the file first wins, the other reads it.
 */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    // A link either appears whole or not at all, so that nobody reads half a secret.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}
