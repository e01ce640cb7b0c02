const FIRST_AFTER_MS = 500;
const EVERY_MS = 200;
const MEGABYTE = 1_000_000;

/** Passes bytes through and, on a terminal, says on stderr how far it got once it takes a while. */
export async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  size: number | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const out = process.stderr;
  let read = 0;
  let nextAt = performance.now() + FIRST_AFTER_MS;
  let isShown = false;
  try {
    for await (const chunk of chunks) {
      read += chunk.length;
      yield chunk;
      if (!out.isTTY || performance.now() < nextAt) continue;
      const share =
        size === undefined
          ? ''
          : ` of ${Math.ceil(size / MEGABYTE)} MB, ${Math.floor((100 * read) / size)} %`;
      out.write(`\r\x1b[KVerifying: ${Math.floor(read / MEGABYTE)} MB${share}`);
      isShown = true;
      nextAt = performance.now() + EVERY_MS;
    }
  } finally {
    if (isShown) out.write('\r\x1b[K');
  }
}
