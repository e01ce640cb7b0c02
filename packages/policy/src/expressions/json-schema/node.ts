/** One place in a schema that says something about a value. */
import type { Json } from '../../vocabulary.js';
import { charge } from '../meter.js';
import { Evaluated, type Errors, type Place } from './report.js';

/** True where a value fits. Without `errors` nobody wants to know why not, and the first objection is enough. */
export type Assertion = (
  value: Json,
  place: Place | null,
  errors: Errors | null,
  seen: Evaluated | null,
) => boolean;

export class Node {
  /** The cost of one application before it looks at the value. */
  cost = 1;
  assertions: readonly Assertion[] = [];
  /** It has a keyword that asks what the others looked at. */
  asksWhatWasSeen = false;
  /** Nodes that are applied to the same value, for finding a schema that goes round in circles. */
  readonly inPlace: Node[] = [];

  constructor(readonly path: string) {}

  /** Adds to `seen` only when the value fits, as the standard has it. */
  readonly fits: Assertion = (value, place, errors, seen) => {
    const own = this.asksWhatWasSeen || seen !== null ? new Evaluated() : null;
    charge(own === null ? this.cost : this.cost + 2);
    let fits = true;
    for (const assertion of this.assertions) {
      if (assertion(value, place, errors, own)) continue;
      if (errors === null) return false;
      fits = false;
    }
    if (fits && own !== null) seen?.add(own);
    return fits;
  };
}
