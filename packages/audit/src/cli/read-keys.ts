import { readFile } from 'node:fs/promises';
import { KeyFileError } from '../keyring.js';
import { fileError, UsageError } from './usage-error.js';

/** Reads a key file with the given parser; whatever is wrong with it is a usage error that names the file. */
export async function readKeys<Keys>(path: string, parse: (text: string) => Keys): Promise<Keys> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileError('read', path, error);
  }
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof KeyFileError)
      throw new UsageError(`${JSON.stringify(path)}: ${error.message}`, false);
    throw error;
  }
}
