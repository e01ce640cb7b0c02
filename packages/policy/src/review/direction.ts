/**
 * The direction of a change: whether agents may do more after it.
 *
 * Promise: no set of changes that are all called `narrows` or `neutral` lets a request through that was stopped before
 * (facts being equal, and what a publish ends being ended). Where that cannot be shown the answer is
 * `read_it_yourself`: a direction is never guessed from a condition, a schema or a rate. Each kind says it of its own
 * (document/kinds).
 */
import type { PolicyChange } from '../document/diff.js';
import type * as direction from '../document/direction.js';
import type { Entry } from '../document/kind.js';
import { entriesOf, KIND_NAMES, KINDS, type KindName, type Values } from '../document/kinds.js';
import type { PolicyDocument } from '../document/policy-document.js';
import { Answers } from '../matrix/answer.js';
import { classOf } from '../matrix/target.js';

/** The two documents a change lies between, with what is asked of them again and again. */
export class Between implements direction.Between {
  readonly was: Answers;
  readonly is: Answers;
  private readonly text: string;

  constructor(
    readonly before: PolicyDocument,
    readonly after: PolicyDocument,
  ) {
    this.was = new Answers(before);
    this.is = new Answers(after);
    this.text = [before, after].flatMap(conditionsOf).join('\n');
  }

  /** A word in a text counts too: to be sure. */
  mentions(what: keyof typeof MENTIONED): boolean {
    return MENTIONED[what].test(this.text);
  }

  knows(kind: 'tool' | 'assistant' | 'resourceType', name: string): boolean {
    return Object.hasOwn(this.after[KINDS[kind].member], name);
  }

  knowsTarget(target: string): boolean {
    return classOf(this.after, target) !== null;
  }

  counted(roles: readonly string[]): boolean {
    return Object.values(this.before.quotas).some(
      ({ per, holder }) => per === 'role' && holder !== undefined && roles.includes(holder),
    );
  }
}

const MENTIONED = {
  roles: /\bsubject\b(?!\s*\.\s*(?:type|id|properties)\b)/,
  tool: /\btool\b(?!\s*\.\s*name\b)/,
} as const;

export const directionOf = <K extends KindName>(
  change: PolicyChange<K>,
  between: Between,
): direction.Direction => KINDS[change.kind].direction(change, between);

const conditionsOf = (document: PolicyDocument): string[] =>
  KIND_NAMES.flatMap((kind) => conditionsIn(kind, entriesOf(document, kind)));

function conditionsIn<K extends KindName>(kind: K, entries: readonly Entry<Values[K]>[]): string[] {
  const { expressions } = KINDS[kind];
  if (expressions === undefined) return [];
  return entries.flatMap(([, value]) =>
    expressions(value).flatMap((one) => ('condition' in one ? [one.condition] : [])),
  );
}
