/**
 * A tool's JSON Schema (2020-12) as a function from arguments to what is wrong with them.
 *
 * Promise: bounded, whatever a tenant's schema and a model's arguments are together. All that is looked at is paid for,
 * out of the decision's one meter: schemas applied, names, members of an `enum`, characters under a pattern. What is too
 * much work does not fit.
 */
import type { Json, JsonObject } from '../vocabulary.js';
import { ExpressionError } from './expression-error.js';
import { compileRoot, SCHEMA } from './json-schema/compiler.js';
import { Errors, type ArgumentError } from './json-schema/report.js';
import { Exhausted, newMeter, payFrom, unmetered, type Meter } from './meter.js';
import { remembered } from './remembered.js';

export type { ArgumentError };
/** Checks of one decision share its meter. */
export type ArgumentCheck = (args: Json, meter?: Meter) => readonly ArgumentError[];
/** With what it takes of the memory, in bytes and roughly. */
export type CompiledSchema = ArgumentCheck & { readonly bytes: number };

const NONE: readonly ArgumentError[] = [];
const TOO_MUCH: readonly ArgumentError[] = [{ path: '', message: 'take too long to check' }];

/** Throws an ExpressionError that says what is wrong, and where. Remembered: revisions share most of their tools. */
export function compileSchema(schema: JsonObject): CompiledSchema {
  let text: string;
  try {
    text = JSON.stringify(schema);
  } catch {
    throw new ExpressionError(`is nested deeper than ${SCHEMA.depthMax}`);
  }
  if (text.length > SCHEMA.bytesMax) throw new ExpressionError(`is larger than ${SCHEMA.bytesMax >> 10} kB`);
  return checkOf(text);
}

const checkOf = remembered(
  32 << 20,
  (text): CompiledSchema => {
    const { root, patternBytes } = unmetered(() => compileRoot(JSON.parse(text) as JsonObject));
    const check: ArgumentCheck = (args, meter = newMeter()) => {
      payFrom(meter);
      try {
        // Most arguments fit, and then nobody collects what is wrong.
        if (root.fits(args, null, null, null)) return NONE;
        const errors = new Errors();
        root.fits(args, null, errors, null);
        return errors.all;
      } catch (error) {
        // A RangeError is the stack's end: arguments and schema are deep together.
        if (error instanceof Exhausted || error instanceof RangeError) return TOO_MUCH;
        throw error;
      }
    };
    // Closures and names: some ten times the text.
    return Object.assign(check, { bytes: 10 * text.length + patternBytes });
  },
  ({ bytes }) => bytes,
);
