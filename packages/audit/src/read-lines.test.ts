import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.js';
import { linesOf, stream } from './testing/ledger.js';
import { UNREAD_LINE } from './wire.js';

async function read(bytes: Uint8Array, chunkBytes?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(bytes, chunkBytes)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('gives every line with its newline, however the bytes arrive', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme' })).map((parts) => parts.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 20 }), async (text, chunkBytes) => {
        const lines = await read(Buffer.from(text), chunkBytes);
        expect(lines).toEqual(text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
      }),
    );
  });

  it('marks a line that is not UTF-8, and reads on', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.of(0xff), Buffer.from('b\nc\n')]);
    expect(await read(bytes)).toEqual(['a\n', '\ufffd\ufffdb\n', 'c\n']);
  });

  it('keeps a byte order mark: it is not what was written', async () => {
    expect(await read(Buffer.from('\ufeffa\n'))).toEqual(['\ufeffa\n']);
  });

  it('passes over a line beyond the limit, holds nothing of it, and reads on behind it', async () => {
    const anyLines = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(anyLines, fc.integer({ min: 1, max: 40 }), async (lengths, chunkBytes) => {
        const bytes = Buffer.from(lengths.map((length) => `${'a'.repeat(length)}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, i) =>
          bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes),
        );
        const lines: string[] = [];
        for await (const line of readLines(stream(chunks), 16)) lines.push(line);
        expect(lines).toEqual(
          lengths.map((length) => (length + 1 > 16 ? UNREAD_LINE : `${'a'.repeat(length)}\n`)),
        );
      }),
    );
  });

  it('copies what it holds: the source may fill its buffer anew', async () => {
    const buffer = Buffer.from('ab');
    const chunks = (async function* reuse() {
      yield buffer;
      buffer.write('c\n');
      yield buffer;
    })();
    const lines: string[] = [];
    for await (const line of readLines(chunks)) lines.push(line);
    expect(lines).toEqual(['abc\n']);
    for await (const line of readLines(stream([]))) lines.push(line);
    expect(lines).toHaveLength(1);
  });
});
