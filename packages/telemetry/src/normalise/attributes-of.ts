/** Promises: what a span says under the names of the table, each of its attributes looked at once. */
import type { Attributes, RawSpan, Value } from '../decode/raw-span.js';
import { storable } from '../decode/storable.js';
import {
  COUNTS,
  FIELDS,
  METADATA_OBJECTS,
  METADATA_PREFIXES,
  USAGE_HOLDERS,
  USAGE_OBJECTS,
  type CountName,
  type Field,
  type Names,
} from './names.js';

/** A text as a field holds it: trimmed, bounded. Null says nothing. */
export function textOf(value: Value | undefined): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = unquoted(value.slice(0, LONGEST).trim());
  return text === '' || NOTHINGS.has(text) ? null : storable(text);
}

const LONGEST = 256;
/** What Python writes where nothing is. */
const NOTHINGS: ReadonlySet<string> = new Set(['None', 'null', 'undefined']);

/** Langfuse's SDKs write metadata as JSON, so a text comes with its quotes. */
function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = parsed(text);
  return typeof inner === 'string' ? inner : text;
}

/** JSON in an attribute; undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object, also one written as a text of JSON. */
export function objectOf(value: Value | undefined): Readonly<Record<string, Value>> | null {
  const object = typeof value === 'string' && value.startsWith('{') ? parsed(value) : value;
  return typeof object === 'object' && object !== null && !Array.isArray(object)
    ? (object as Readonly<Record<string, Value>>)
    : null;
}

/** The lower, the sooner it is heard. */
type Rank = number;

/** Which fields a name speaks for: the table, turned round. */
interface Speaking {
  readonly field: Field;
  readonly rank: Rank;
}
type Index = ReadonlyMap<string, readonly Speaking[]>;

const OF_METADATA: Rank = 1_000;
const OF_OBJECTS: Rank = 2_000;
const OF_RESOURCES: Rank = 3_000;

function indexBy(namesOf: (names: Names) => readonly string[], from: Rank): Index {
  const index = new Map<string, Speaking[]>();
  for (const [field, names] of Object.entries(FIELDS) as [Field, Names][]) {
    for (const [rank, name] of namesOf(names).entries()) {
      const speaking = index.get(name) ?? [];
      speaking.push({ field, rank: from + rank });
      index.set(name, speaking);
    }
  }
  return index;
}

const prefixed = ({ metadata = [] }: Names) =>
  metadata.flatMap((name) => METADATA_PREFIXES.map((prefix) => prefix + name));

const IN_ATTRIBUTES: Index = new Map([...indexBy(prefixed, OF_METADATA), ...indexBy(({ said }) => said, 0)]);
const IN_OBJECTS = indexBy(({ metadata = [] }) => metadata, OF_OBJECTS);
const IN_RESOURCES = indexBy(({ resource = [] }) => resource, OF_RESOURCES);

interface Counting {
  readonly kind: CountName;
  readonly rank: Rank;
}
const COUNTING: ReadonlyMap<string, Counting> = new Map(
  (Object.entries(COUNTS) as [CountName, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name, rank): [string, Counting] => [name, { kind, rank }]),
  ),
);

/** One way to say a count. */
export interface SaidCount {
  readonly name: string;
  readonly rank: Rank;
  readonly value: Value;
}

/** What one span says. */
export class Said {
  readonly attributes: Attributes;
  /** Leaves of objects that hold usage or cost, under the names of the table. */
  readonly usage: ReadonlyMap<string, Value>;
  private readonly heard: Heard = new Map();
  private readonly counts = new Map<CountName, SaidCount[]>();

  constructor({ attributes, resource }: RawSpan) {
    this.attributes = attributes;
    for (const [name, value] of attributes) {
      hear(this.heard, IN_ATTRIBUTES.get(name), value);
      this.count(name, value);
    }
    for (const name of METADATA_OBJECTS) {
      const object = attributes.has(name) ? objectOf(attributes.get(name)) : null;
      for (const [key, value] of Object.entries(object ?? {})) hear(this.heard, IN_OBJECTS.get(key), value);
    }
    for (const [field, { rank, text }] of heardOf(resource)) {
      if (rank < (this.heard.get(field)?.rank ?? Infinity)) this.heard.set(field, { rank, text });
    }
    this.usage = usageOf(attributes);
    for (const [name, value] of this.usage) this.count(name, value);
  }

  of(field: Field): string | null {
    return this.heard.get(field)?.text ?? null;
  }

  /** Every way in which a count is said, the first to be heard first. */
  countsOf(kind: CountName): readonly SaidCount[] {
    return this.counts.get(kind) ?? [];
  }

  private count(name: string, value: Value): void {
    const counting = COUNTING.get(name);
    if (counting === undefined || value === null || value === '') return;
    const said = this.counts.get(counting.kind) ?? [];
    said.push({ name, rank: counting.rank, value });
    this.counts.set(counting.kind, said.length > 1 ? said.sort((a, b) => a.rank - b.rank) : said);
  }
}

type Heard = Map<Field, { readonly rank: Rank; readonly text: string }>;

function hear(heard: Heard, speaking: readonly Speaking[] | undefined, value: Value): void {
  if (speaking === undefined) return;
  const text = textOf(value);
  if (text === null) return;
  for (const { field, rank } of speaking) {
    if (rank < (heard.get(field)?.rank ?? Infinity)) heard.set(field, { rank, text });
  }
}

/** What a resource says, read once for all its spans. */
function heardOf(resource: Attributes): Heard {
  const known = RESOURCES.get(resource);
  if (known !== undefined) return known;
  const heard: Heard = new Map();
  for (const [name, value] of resource) hear(heard, IN_RESOURCES.get(name), value);
  RESOURCES.set(resource, heard);
  return heard;
}

const RESOURCES = new WeakMap<Attributes, Heard>();

function usageOf(attributes: Attributes): ReadonlyMap<string, Value> {
  const leaves = new Map<string, Value>();
  for (const [name, prefix] of OBJECTS) {
    const object = attributes.has(name) ? objectOf(attributes.get(name)) : null;
    if (object !== null) flatten(object, prefix, leaves, 0);
  }
  for (const [name, prefix] of HOLDERS) {
    const usage = attributes.has(name) ? objectOf(objectOf(attributes.get(name))?.['usage']) : null;
    if (usage !== null) flatten(usage, prefix, leaves, 0);
  }
  return leaves;
}

const OBJECTS = Object.entries(USAGE_OBJECTS);
const HOLDERS = Object.entries(USAGE_HOLDERS);

function flatten(
  object: Readonly<Record<string, Value>>,
  prefix: string,
  leaves: Map<string, Value>,
  depth: number,
): void {
  for (const [key, value] of Object.entries(object)) {
    const inner = depth < 2 ? objectOf(value) : null;
    if (inner === null) leaves.set(`${prefix}.${key}`, value);
    else flatten(inner, `${prefix}.${key}`, leaves, depth + 1);
  }
}
