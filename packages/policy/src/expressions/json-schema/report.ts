/** Errors in arguments, and the members that a schema has looked at. */
import { charge } from '../meter.js';
import { pointerStep } from '../../json-pointer.js';

/** `path` is a JSON Pointer into the arguments; the message quotes the schema, never a value. */
export type ArgumentError = { readonly path: string; readonly message: string };

/** More errors than this teach nobody anything. */
const ERRORS_MAX = 20;
const NAME_MAX = 128;

/** A place in the arguments; its pointer is only put together for an error. */
export interface Place {
  readonly name: string | number;
  readonly in: Place | null;
}

export const within = (name: string | number, place: Place | null): Place => ({ name, in: place });

export class Errors {
  readonly all: ArgumentError[] = [];

  add(place: Place | null, message: string): void {
    charge(1);
    if (this.all.length < ERRORS_MAX) this.all.push({ path: pointer(place), message });
  }
  /** Forgets what was said since `mark`: another branch fits. */
  back(mark: number): void {
    this.all.length = mark;
  }
}

function pointer(place: Place | null): string {
  if (place === null) return '';
  return `${pointer(place.in)}/${pointerStep(String(place.name).slice(0, NAME_MAX))}`;
}

/** Members and items that some keyword looked at: what `unevaluatedProperties` and `unevaluatedItems` leave alone. */
export class Evaluated {
  allNames = false;
  readonly names = new Set<string>();
  /** Items before this one, and these. */
  upTo = 0;
  readonly items = new Set<number>();

  add(other: Evaluated): void {
    charge(1 + other.names.size + other.items.size);
    this.allNames ||= other.allNames;
    this.upTo = Math.max(this.upTo, other.upTo);
    for (const name of other.names) this.names.add(name);
    for (const item of other.items) this.items.add(item);
  }
}
