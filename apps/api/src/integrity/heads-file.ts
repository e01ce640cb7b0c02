/**
 * Heads of the ledgers, outside the tables: one line a minute for each that moved, appended to a file in the data
 * directory. Who can write the database and not this file can't cut a tail off without being found.
 */
import { appendFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Noted = z.object({
  at: z.iso.datetime(),
  tenant: z.uuid(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type NotedHead = z.infer<typeof Noted>;

/** Beyond this the file is put aside at the next start, and a new one begins with the last head of each tenant. */
const BYTES_MAX = 64 * 1024 * 1024;

export class HeadsFile {
  readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'ledger-heads.ndjson');
  }

  async append(heads: readonly NotedHead[]): Promise<void> {
    // Begins with a newline: the line of a process that was killed while it wrote must not swallow this one.
    await appendFile(this.path, `\n${linesOf(heads)}`, { mode: 0o600 });
  }

  /** The last head noted of each tenant; a line that is cut or is none says nothing. */
  async last(): Promise<NotedHead[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const last = new Map<string, NotedHead>();
    for (const line of text.split('\n')) {
      const noted = readLine(line);
      if (noted !== null) last.set(noted.tenant, noted);
    }
    return [...last.values()];
  }

  async putAsideWhenLong(): Promise<void> {
    const size = await stat(this.path).then(
      ({ size }) => size,
      () => 0,
    );
    if (size <= BYTES_MAX) return;
    const last = await this.last();
    await rename(this.path, `${this.path}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
    await writeFile(this.path, linesOf(last), { mode: 0o600 });
  }
}

const linesOf = (heads: readonly NotedHead[]): string =>
  heads.map((head) => `${JSON.stringify(head)}\n`).join('');

function readLine(line: string): NotedHead | null {
  try {
    return Noted.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
