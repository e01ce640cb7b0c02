import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { describeVerdict } from '../describe-verdict.js';
import { parseKeyFile } from '../keyring.js';
import { readLines } from '../read-lines.js';
import { verifyExport } from '../verify.js';
import { readArguments } from './arguments.js';
import { EXIT } from './exit.js';
import { withProgress } from './progress.js';
import { readKeys } from './read-keys.js';
import { fileError, UsageError } from './usage-error.js';

/** `reeve-audit verify`: one verdict on an export, as a sentence or as JSON. */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { keys: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('give one export, or - for standard input');

  const keys = values.keys === undefined ? undefined : await readKeys(values.keys, parseKeyFile);
  const verdict = await verifyExport(readLines(withProgress(readBytes(path), await sizeOf(path))), keys);

  process.stdout.write(`${values.json ? JSON.stringify(verdict) : describeVerdict(verdict)}\n`);
  return EXIT[verdict.verdict];
}

async function* readBytes(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  } catch (error) {
    throw fileError('read', path, error);
  }
}

/** Bytes in the file, if that can be known. */
async function sizeOf(path: string): Promise<number | undefined> {
  if (path === '-') return undefined;
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    throw fileError('read', path, error);
  }
}
