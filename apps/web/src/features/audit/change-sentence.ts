/** A change as one reads it: who did what to whom, from what to what. What nobody reads, digests, is kept apart. */
import { words } from '../../shared/format.js';
import { didOf, subjectOf } from '../../shared/records/change-words.js';
import { abridgedWords, isAbridged } from './abridged.js';
import { jsonDiff, type Difference } from './json-diff.js';

interface Change {
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly targetName: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ChangeTold {
  readonly sentence: string;
  readonly differences: readonly Difference[];
  readonly digests: readonly Difference[];
}

const DIGEST = /^(sha256:)?[0-9a-f]{64}$/;
/** More than this does not fit a sentence; the table below it has it. */
const SHORT = 48;

export function changeTold(change: Change): ChangeTold {
  const all = jsonDiff(change.before ?? {}, change.after ?? {});
  const isDigest = ({ before, after }: Difference) =>
    [before, after].some((value) => typeof value === 'string' && DIGEST.test(value));
  const differences = all.filter((each) => !isDigest(each));
  return { sentence: sentenceOf(change, differences), differences, digests: all.filter(isDigest) };
}

function sentenceOf(
  { actor, action, target, targetName, before, after }: Change,
  of: readonly Difference[],
): string {
  const what = targetName ?? named(after) ?? named(before) ?? (subjectOf(target) || target);
  const [only] = of;
  const one = only !== undefined && of.length === 1 ? fromTo(only, before === null, after === null) : '';
  return `${actor} ${didOf(action)} ${what}${one}.`;
}

function fromTo({ path, before, after }: Difference, made: boolean, gone: boolean): string {
  const [was, is] = [valueWords(before), valueWords(after)];
  if (was.length + is.length > SHORT) return '';
  const field = words(path);
  if (made) return `, ${field}: ${is}`;
  if (gone) return `, ${field} until then: ${was}`;
  return `, ${field} from ${was} to ${is}`;
}

const named = (value: unknown): string | undefined => {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof name === 'string' ? name : undefined;
};

/** A value as a person would say it. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? 'none' : value.map(words).join(', ');
  if (isAbridged(value)) return abridgedWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
