/** The verifier of the command line, with a browser's SHA-256: the chain, without any key. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { readLines, verifyExport, type Verdict } from '@reeve/audit/chain';

export interface VerifyProgress {
  readonly bytes: number;
  readonly lines: number;
}

const PROGRESS_EVERY = 500;

/** Constant memory, whatever the file. Rejects only when the file cannot be read. */
export function verifyFile(
  file: Pick<Blob, 'stream'>,
  onProgress: (progress: VerifyProgress) => void = () => {},
): Promise<Verdict> {
  let bytes = 0;
  let lines = 0;
  async function* counted() {
    for await (const chunk of chunksOf(file.stream())) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  async function* watched() {
    for await (const line of readLines(counted())) {
      lines += 1;
      if (lines % PROGRESS_EVERY === 0) onProgress({ bytes, lines });
      yield line;
    }
  }
  return verifyExport(watched(), { sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))) });
}

/** Not every browser iterates a stream. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
