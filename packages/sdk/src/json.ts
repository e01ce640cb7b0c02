/** JSON from and for strangers: nothing here throws. */

export type Text =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** A cycle, a BigInt, a `toJSON` or a getter that throws, nothing at all: each says why. */
export function textOf(value: () => unknown): Text {
  try {
    const text = JSON.stringify(value()) as string | undefined;
    return text === undefined ? { ok: false, why: 'is nothing that JSON can say' } : { ok: true, text };
  } catch (error) {
    return { ok: false, why: `cannot be written as JSON (${messageOf(error).split('\n', 1)[0]!})` };
  }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was thrown, as a sentence; whoever threw it may have thrown anything. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'something was thrown that cannot be read';
  }
}

export function typeOf(thrown: unknown): string {
  try {
    return (thrown instanceof Error ? thrown.name : typeof thrown) || 'Error';
  } catch {
    return 'Error';
  }
}

/** As the ledger can hold it: no NUL, no half of a surrogate pair, no more than so many characters. */
export const storable = (text: string, length: number): string =>
  text.slice(0, length).toWellFormed().replaceAll('\0', '\uFFFD');
