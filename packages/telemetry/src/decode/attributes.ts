/** Promises: attributes as a map of bounded values, from OTLP's JSON or its messages. */
import { base64Encode } from '@bufbuild/protobuf/wire';
import type { AnyValue, KeyValue } from '../generated/opentelemetry/proto/common/v1/common_pb.js';
import type { Limits } from './limits.js';
import type { Attributes, Value } from './raw-span.js';
import { storable } from './storable.js';
import { RefusedError } from './refusals.js';

/** Reads the attributes of one span; `cut` says afterwards whether something of them is not kept. */
export class AttributeReader {
  cut = false;
  private values = 0;

  constructor(private readonly limits: Limits) {}

  /** `[{ key, value: { stringValue } }]`, as in JSON. */
  ofJson(list: unknown): Attributes {
    if (list === undefined || list === null) return NONE;
    if (!Array.isArray(list)) throw new RefusedError('malformed');
    return this.collect(list, (one: unknown) => {
      const { key, value } = isObject(one) ? one : NOTHING;
      return typeof key === 'string' ? [key, () => this.valueOfJson(value, 0)] : null;
    });
  }

  ofMessages(list: readonly KeyValue[]): Attributes {
    if (list.length === 0) return NONE;
    return this.collect(list, ({ key, value }) => [key, () => this.valueOfMessage(value, 0)]);
  }

  private collect<One>(
    list: readonly One[],
    read: (one: One) => [key: string, value: () => Value] | null,
  ): Attributes {
    const attributes = new Map<string, Value>();
    for (const one of list) {
      const entry = read(one);
      if (entry === null || entry[0].length > LONGEST_KEY) {
        this.cut = true;
        continue;
      }
      if (attributes.size >= this.limits.attributes && !attributes.has(entry[0])) {
        this.cut = true;
        break;
      }
      this.values = 0;
      attributes.set(storable(entry[0]), entry[1]());
    }
    return attributes;
  }

  private valueOfJson(json: unknown, depth: number): Value {
    if (!isObject(json)) return json === undefined || json === null ? null : this.nothing();
    const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = json;
    if (stringValue !== undefined) return this.scalar(stringValue);
    if (intValue !== undefined) return this.integerOfJson(intValue);
    if (doubleValue !== undefined) return this.numberOfJson(doubleValue);
    if (boolValue !== undefined) return this.scalar(boolValue);
    if (arrayValue !== undefined) {
      return this.list(listIn(arrayValue), depth, (one) => this.valueOfJson(one, depth + 1));
    }
    if (kvlistValue !== undefined) {
      return this.map(
        listIn(kvlistValue).map((one) => (isObject(one) ? one : NOTHING)),
        depth,
        ({ key, value }) => [storable(String(key)), this.valueOfJson(value, depth + 1)],
      );
    }
    return bytesValue === undefined ? null : this.scalar(bytesValue);
  }

  private valueOfMessage(message: AnyValue | undefined, depth: number): Value {
    const held = message?.value;
    switch (held?.case) {
      case 'stringValue':
        return this.text(held.value);
      case 'boolValue':
        return held.value;
      case 'intValue':
        return safeInteger(held.value);
      case 'doubleValue':
        return finite(held.value);
      case 'arrayValue':
        return this.list(held.value.values, depth, (one) => this.valueOfMessage(one, depth + 1));
      case 'kvlistValue':
        return this.map(held.value.values, depth, ({ key, value }) => [
          storable(key),
          this.valueOfMessage(value, depth + 1),
        ]);
      case 'bytesValue':
        return this.text(base64Encode(held.value));
      default:
        return null;
    }
  }

  private text(text: string): string {
    if (text.length <= this.limits.text) return storable(text);
    this.cut = true;
    return storable(text.slice(0, this.limits.text));
  }

  /** A string, or what a careless sender wrote in its place. */
  private scalar(json: unknown): Value {
    if (typeof json === 'string') return this.text(json);
    return typeof json === 'number' || typeof json === 'boolean' ? json : this.nothing();
  }

  private integerOfJson(json: unknown): Value {
    const digits = typeof json === 'number' ? String(json) : json;
    return typeof digits === 'string' && /^[+-]?\d{1,40}$/.test(digits)
      ? safeInteger(BigInt(digits.replace('+', '')))
      : this.scalar(json);
  }

  private numberOfJson(json: unknown): Value {
    const number = typeof json === 'string' && json.trim() !== '' ? Number(json) : json;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.scalar(json);
  }

  private list<One>(list: readonly One[], depth: number, read: (one: One) => Value): Value {
    return this.within(list, depth).map(read);
  }

  private map<One>(list: readonly One[], depth: number, read: (one: One) => [string, Value]): Value {
    return Object.fromEntries(this.within(list, depth).map(read));
  }

  /** As much of a list as may still be kept. */
  private within<One>(list: readonly One[], depth: number): readonly One[] {
    const room = depth >= this.limits.depth ? 0 : Math.max(0, this.limits.values - this.values);
    if (list.length > room) this.cut = true;
    const kept = list.slice(0, room);
    this.values += kept.length;
    return kept;
  }

  private nothing(): null {
    this.cut = true;
    return null;
  }
}

const NONE: Attributes = new Map();
const LONGEST_KEY = 256;
const NOTHING: Readonly<Record<string, unknown>> = {};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listIn = (json: unknown): readonly unknown[] =>
  isObject(json) && Array.isArray(json['values']) ? (json['values'] as readonly unknown[]) : [];

const safeInteger = (integer: bigint): number | string => {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : String(integer);
};

const finite = (number: number): number | string => (Number.isFinite(number) ? number : String(number));
