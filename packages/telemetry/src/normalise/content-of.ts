/** Promises: what was said, apart from what else a span has, so that a log policy can drop it; both bounded. */
import type { Attributes, RawEvent, RawSpan, Value } from '../decode/raw-span.js';
import type { Content, Json } from '../span.js';
import {
  COUNTS,
  CONTENT,
  CONTENT_PREFIXES,
  FIELDS,
  METADATA_PREFIXES,
  USAGE_OBJECTS,
  type Names,
} from './names.js';

export interface Parted {
  readonly content: Content | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly cut: boolean;
}

const CONTENT_NAMES: ReadonlySet<string> = new Set([...CONTENT.input, ...CONTENT.output]);

/** What a field of the span holds already. */
const HELD: ReadonlySet<string> = new Set([
  ...(Object.values(FIELDS) as Names[]).flatMap(({ said, metadata = [] }) => [
    ...said,
    ...metadata.flatMap((name) => METADATA_PREFIXES.map((prefix) => prefix + name)),
  ]),
  ...Object.values(COUNTS).flat(),
  ...Object.keys(USAGE_OBJECTS),
]);

type Place = 'content' | 'attributes' | 'held';

/** Names repeat from span to span; the first of them are remembered. */
const PLACES = new Map<string, Place>();
const REMEMBERED = 4_096;

function placeOf(name: string): Place {
  const known = PLACES.get(name);
  if (known !== undefined) return known;
  const isContent = CONTENT_NAMES.has(name) || CONTENT_PREFIXES.some((prefix) => name.startsWith(prefix));
  const place = HELD.has(name) ? 'held' : isContent ? 'content' : 'attributes';
  if (PLACES.size < REMEMBERED) PLACES.set(name, place);
  return place;
}

export function part(raw: RawSpan): Parted {
  const others: Record<string, Json> = {};
  const attributes: Record<string, Json> = {};
  const room = { content: CONTENT_CHARACTERS, attributes: ATTRIBUTE_CHARACTERS, cut: false };
  const input = firstOf(raw.attributes, CONTENT.input);
  const output = firstOf(raw.attributes, CONTENT.output);
  const kept = (value: Value | undefined) => (value === undefined ? null : bounded(value, room, 'content'));
  const content = { input: kept(input.value), output: kept(output.value) };
  for (const [name, value] of raw.attributes) {
    const place = placeOf(name);
    if (place === 'held' || name === input.name || name === output.name) continue;
    define(place === 'content' ? others : attributes, name, bounded(value, room, place));
  }
  if (raw.statusMessage !== '') others['status.message'] = bounded(raw.statusMessage, room, 'content');
  if (raw.events.length > 0) others['events'] = bounded(raw.events.map(eventOf), room, 'content');
  if (raw.scope.name !== '') attributes['otel.scope.name'] = raw.scope.name;
  const said = input.name !== null || output.name !== null || Object.keys(others).length > 0;
  return { content: said ? { ...content, others } : null, attributes, cut: room.cut };
}

/** Of one span, all together. */
const CONTENT_CHARACTERS = 262_144;
const ATTRIBUTE_CHARACTERS = 16_384;

function firstOf(
  attributes: Attributes,
  names: readonly string[],
): { readonly name: string | null; readonly value: Value | undefined } {
  for (const name of names) {
    const value = attributes.get(name);
    if (value !== undefined && value !== null && value !== '' && value !== '{}') return { name, value };
  }
  return { name: null, value: undefined };
}

const eventOf = ({ name, attributes }: RawEvent): Value => ({
  name,
  attributes: Object.fromEntries(attributes),
});

/** A value while there is room for it: a text is cut, anything else is left out. */
function bounded(
  value: Value,
  room: { content: number; attributes: number; cut: boolean },
  of: 'content' | 'attributes',
): Json {
  const size = typeof value === 'string' ? value.length : JSON.stringify(value).length;
  if (size <= room[of]) {
    room[of] -= size;
    return value;
  }
  room.cut = true;
  if (typeof value !== 'string') return null;
  const cut = value.slice(0, room[of]).toWellFormed();
  room[of] = 0;
  return cut;
}

/** A sender names the keys: `__proto__` is one like any other. */
function define(object: Record<string, Json>, name: string, value: Json): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
