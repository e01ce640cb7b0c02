/**
 * JSON as CEL sees it. Nothing is converted before it is looked at: most conditions read two or three members of what
 * may be a megabyte.
 */
import { celList, celMap, type CelInput, type CelList, type CelMap } from '@bufbuild/cel';
import type { Json, JsonObject } from '../../vocabulary.js';

type CelJson = CelMap | CelList | string | number | boolean | null;

/** JSON as CEL sees it. A number is a CEL double, whatever its value (numbers.ts). */
export const celJson = (value: Json): CelInput => seen(value);

function seen(value: Json): CelJson {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? new JsonList(value as readonly Json[]) : new JsonMap(value as JsonObject);
}

/** A class of what the library takes for its own: it knows a map and a list by a member that instances inherit. */
function inheritingFrom<T extends object>(one: T): new () => T {
  const heir = function () {} as unknown as new () => T;
  heir.prototype = one;
  return heir;
}

/** A member that is null is there, as CEL has it; the library's own map takes it for an absent one. */
export class JsonMap extends inheritingFrom(celMap(new Map())) {
  constructor(private readonly members: JsonObject) {
    super();
  }

  override get size(): number {
    return Object.keys(this.members).length;
  }

  override get(name: unknown): CelJson | undefined {
    return this.has(name) ? seen(this.members[name as string]!) : undefined;
  }

  /** Its names are texts: a number, which JavaScript would take for one, finds nothing. */
  override has(name: unknown): boolean {
    return typeof name === 'string' && Object.hasOwn(this.members, name);
  }

  override forEach(callback: (value: CelJson, name: string, map: CelMap) => void, self?: unknown): void {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  override *entries(): MapIterator<[string, CelJson]> {
    for (const [name, value] of Object.entries(this.members)) yield [name, seen(value)];
  }

  override *keys(): MapIterator<string> {
    yield* Object.keys(this.members);
  }

  override *values(): MapIterator<CelJson> {
    for (const value of Object.values(this.members)) yield seen(value);
  }

  override [Symbol.iterator](): MapIterator<[string, CelJson]> {
    return this.entries();
  }
}

class JsonList extends inheritingFrom(celList([])) {
  constructor(private readonly items: readonly Json[]) {
    super();
  }

  override get size(): number {
    return this.items.length;
  }

  override get(index: number): CelJson | undefined {
    const item = this.items[index];
    return item === undefined ? undefined : seen(item);
  }

  override *values(): IterableIterator<CelJson> {
    for (const item of this.items) yield seen(item);
  }

  override [Symbol.iterator](): IterableIterator<CelJson> {
    return this.values();
  }
}
