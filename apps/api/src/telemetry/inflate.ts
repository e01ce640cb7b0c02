/**
 * Bodies as they were before somebody packed them, up to a cap: a few kilobytes can become gigabytes. A few at a time, in
 * other threads than the one that decides.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import pLimit from 'p-limit';
import { DomainError } from '../infra/errors.js';

const unpack = promisify(gunzip);
const atOnce = pLimit(4);

/** Throws `too_large` and `bad_request`. */
export const inflated = (bytes: Uint8Array, bytesMax: number): Promise<Uint8Array> =>
  atOnce(async () => {
    try {
      return await unpack(bytes, { maxOutputLength: bytesMax });
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
        throw new DomainError('too_large', `The body inflates to more than ${bytesMax} bytes.`, { cause });
      throw new DomainError('bad_request', 'The body is not gzip.', { cause });
    }
  });
