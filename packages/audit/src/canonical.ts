/**
 * Canonical JSON: one value, one text, one hash, whoever writes it and in whatever order.
 *
 * RFC 8785 takes its tokens from ECMAScript (numbers as String() writes them, strings as JSON.stringify does)
 * and adds one rule: an object's members stand in ascending order of their names' UTF-16 code units. So the
 * engine writes the tokens, and this file orders, joins and refuses. The `canonicalize` library takes more
 * than twice as long and drops undefined members silently; it is the oracle that the property test asks.
 */

/** Deeper values are refused: no argument needs it, and a cycle has no end. */
const LEVELS_MAX = 256;

/** What a string may hold that does not stand for itself between quotes. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A value that canonical JSON cannot say. `path` is the JSON Pointer (RFC 6901) of the culprit. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path === '' ? 'the value' : path} ${reason}`);
  }
}

/**
 * The RFC 8785 text of a JSON value.
 *
 * Throws NotCanonicalError for undefined, NaN, an infinity, a bigint, a function, a symbol, a lone surrogate,
 * an object that is not plain (a Date, a Map), and nesting deeper than 256 levels (hence for a cycle).
 */
export function canonical(value: unknown): string {
  return write(value, undefined, '');
}

/** `"name":value` as it stands in an object that is not within another one. Throws as `canonical` of that object does. */
export const canonicalMember = (name: string, value: unknown): string =>
  `${quote(name, OUTERMOST, name)}:${write(value, OUTERMOST, name)}`;

/** A container on the way down to a value; only its path when something is refused. */
interface Place {
  readonly within: Place | undefined;
  readonly name: string | number;
  readonly level: number;
}
const OUTERMOST: Place = { within: undefined, name: '', level: 1 };

function write(value: unknown, within: Place | undefined, name: string | number): string {
  switch (typeof value) {
    case 'string':
      return quote(value, within, name);
    case 'number':
      return Number.isFinite(value) ? String(value) : refuse(`is ${value}`, within, name);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object': {
      if (value === null) return 'null';
      const here = { within, name, level: within === undefined ? 1 : within.level + 1 };
      if (here.level > LEVELS_MAX) refuse(`is nested deeper than ${LEVELS_MAX} levels`, within, name);
      if (isInOrder(value, here.level)) return JSON.stringify(value);
      return Array.isArray(value) ? writeItems(value, here) : writeMembers(value, here);
    }
    default:
      return refuse(value === undefined ? 'is undefined' : `is a ${typeof value}`, within, name);
  }
}

/**
 * Whether the engine's own JSON text of a container is the canonical one already, as it is of objects that were put
 * together in that order: false also for whatever `write` has to refuse. The engine writes three times as fast.
 */
function isInOrder(container: object, level: number): boolean {
  if (level > LEVELS_MAX) return false;
  if (Array.isArray(container)) {
    for (let i = 0; i < container.length; i++) if (!isReady(container[i], level)) return false;
    return true;
  }
  if (!isPlain(container)) return false;
  const names = Object.keys(container);
  for (let i = 1; i < names.length; i++) if (names[i]! < names[i - 1]!) return false;
  for (const name of names) if (!name.isWellFormed() || !isReady(container[name], level)) return false;
  return true;
}

function isReady(value: unknown, level: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      return value === null || isInOrder(value, level + 1);
    default:
      return false;
  }
}

function writeItems(items: readonly unknown[], here: Place): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + write(items[i], here, i);
  return `[${text}]`;
}

function writeMembers(object: object, here: Place): string {
  if (!isPlain(object)) refuse('is not a plain object', here.within, here.name);
  let text = '';
  for (const name of inOrder(Object.keys(object))) {
    text += (text === '' ? '' : ',') + quote(name, here, name) + ':' + write(object[name], here, name);
  }
  return `{${text}}`;
}

function quote(text: string, within: Place | undefined, name: string | number): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) refuse('has a lone surrogate', within, name);
  return JSON.stringify(text);
}

/** Names that are sorted by insertion, which takes their square: most objects have few, and in order already. */
const FEW = 32;

/** Sorts in place, by UTF-16 code units. */
function inOrder(names: string[]): string[] {
  if (names.length > FEW) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let to = i;
    for (; to > 0 && names[to - 1]! > name; to--) names[to] = names[to - 1]!;
    names[to] = name;
  }
  return names;
}

/** Its prototype is nothing, or a root: true of another realm's objects too. */
function isPlain(object: object): object is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse(reason: string, within: Place | undefined, name: string | number): never {
  let path = '';
  for (let at = within, step = name; at !== undefined; step = at.name, at = at.within) {
    path = `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}${path}`;
  }
  throw new NotCanonicalError(path, reason);
}
