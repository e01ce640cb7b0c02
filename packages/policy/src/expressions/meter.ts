/**
 * The cost one decision may have. Tenants share a process and a model chooses the arguments, so everything that looks
 * at them pays before it looks: schemas, conditions and patterns, all out of one meter.
 *
 * A unit is about a tenth of a microsecond: a node of an expression, a keyword of a schema, a name looked up, some
 * eight steps of a pattern.
 */
export interface Meter {
  left: number;
}

/** Some ten milliseconds, once the code was used (rehearsal.ts); a usual decision needs a few hundred units. */
const UNITS = 100_000;

export const newMeter = (): Meter => ({ left: UNITS });

/** Thrown by `charge`: whatever was being asked has no answer. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';
}
const EXHAUSTED = new Exhausted('this takes too long');

/** Of what is being asked now: asking is synchronous, so there is one at a time. */
let current = newMeter();

/** Whoever asks says first on whose account. */
export function payFrom(meter: Meter): void {
  current = meter;
}

/** A meter without an end: what is published is bounded by other means, and nobody's question pays for it. */
export function unmetered<T>(work: () => T): T {
  const before = current;
  current = { left: Infinity };
  try {
    return work();
  } finally {
    current = before;
  }
}

export function charge(units: number): void {
  current.left -= units;
  if (current.left < 0) throw EXHAUSTED;
}

/** Texts and lists are looked at some dozen bytes at a time. */
export const priceOfText = (text: string): number => 1 + (text.length >> 4);
export const chargeText = (text: string): void => charge(priceOfText(text));
