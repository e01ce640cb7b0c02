/**
 * For Node: a journal on disk, which outlives the process. One file a report, made whole and then named, so that a kill
 * leaves a report or none, and several processes can share a directory. What it holds may be personal: 0700 and 0600.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, parse } from './json.js';
import { ENTRIES_MAX, type Entry, type Journal, type Kept } from './journal.js';

const NAME = /^\d+-[\da-f-]{36}\.json$/;
/** Read at a time. */
const PAGE = 100;

export function fileJournal(directory: string, entriesMax = ENTRIES_MAX): Journal {
  const names = async (): Promise<string[]> => {
    try {
      return (await readdir(directory)).filter((name) => NAME.test(name)).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  };
  return {
    async add(entry) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      if ((await names()).length >= entriesMax)
        throw new Error(`${entriesMax} reports are waiting in ${directory}`);
      const name = `${String(Date.now()).padStart(15, '0')}-${randomUUID()}.json`;
      const made = join(directory, `.${name}`);
      const file = await open(made, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(entry));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(made, join(directory, name));
    },
    async oldest() {
      const kept: Kept[] = [];
      for (const id of (await names()).slice(0, PAGE)) {
        const entry = await readEntry(join(directory, id));
        if (entry !== null) kept.push({ ...entry, id });
      }
      return kept;
    },
    remove: (id) => (NAME.test(id) ? rm(join(directory, id), { force: true }) : Promise.resolve()),
  };
}

/** null: another process was faster. What is no entry is sent as it is, and refused with its reason. */
async function readEntry(file: string): Promise<Entry | null> {
  try {
    const text = await readFile(file, 'utf8');
    const entry = parse(text);
    return isRecord(entry) && typeof entry['path'] === 'string' && typeof entry['body'] === 'string'
      ? { path: entry['path'], body: entry['body'] }
      : { path: '/v1/outcomes', body: text };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
