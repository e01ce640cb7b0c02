/**
 * Would this policy let something run that a stop holds? Whoever may publish is often whom the stop binds: a class
 * that is changed, a name that is changed, would be a way around the lift.
 */
import type { PolicyDocument } from '../document/policy-document.js';
import { pointer } from '../json-pointer.js';
import { asked, classOf, placeOf, targetsOf } from '../matrix/target.js';
import { isAbout, leaves, type Stop } from './reach.js';

export interface LoosenedStop<S extends Stop> {
  readonly stop: S;
  /** A place in the document, as a JSON pointer: `/tools/refund`. */
  readonly path: string;
}

/**
 * Places of each stop that the second document would no longer hold. Removing what is stopped is loosening: it comes
 * back by another name.
 */
export function loosenedStops<S extends Stop>(
  stops: readonly S[],
  before: PolicyDocument,
  after: PolicyDocument,
): LoosenedStop<S>[] {
  const targets = new Set([...targetsOf(before), ...targetsOf(after)]);
  return stops.flatMap((stop) => {
    const places = [...targets]
      .filter((target) => holds(stop, target, before) && !holds(stop, target, after))
      .map(pathOf);
    if (stop.scope === 'tool' && isRemoved(before.tools, after.tools, stop.target))
      places.push(pointer(['tools', stop.target]));
    if (stop.scope === 'assistant' && isRemoved(before.assistants, after.assistants, stop.target))
      places.push(pointer(['assistants', stop.target]));
    return [...new Set(places)].map((path) => ({ stop, path }));
  });
}

function pathOf(target: string): string {
  const place = placeOf(target);
  return pointer('tool' in place ? ['tools', place.tool] : ['resourceTypes', place.resourceType]);
}

/** True where what is asked for, by the assistant the stop is about if it is about one, would be stopped. */
function holds(stop: Stop, target: string, document: PolicyDocument): boolean {
  const attempt = {
    ...asked(target),
    assistant: stop.scope === 'assistant' ? stop.target : null,
    toolClass: classOf(document, target) ?? undefined,
  };
  return isAbout(stop, attempt) && !leaves(stop.mode, attempt);
}

const isRemoved = (before: object, after: object, name: string): boolean =>
  Object.hasOwn(before, name) && !Object.hasOwn(after, name);
