/**
 * Promises: the items of a request with what stands around them. Traces, logs and metrics have the same envelope:
 * resources, scopes in them, items in those. In protobuf each item stays bytes, so that one that cannot be read costs
 * nothing but itself.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { isObject } from './attributes.js';
import { UndecodableError } from './refusals.js';

/** Keys of a signal in JSON; in protobuf the numbers are the same for all. */
export interface Signal {
  readonly resources: 'resourceSpans' | 'resourceLogs' | 'resourceMetrics';
  readonly scopes: 'scopeSpans' | 'scopeLogs' | 'scopeMetrics';
  readonly items: 'spans' | 'logRecords' | 'metrics';
}

export const TRACES: Signal = { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' };
export const LOGS: Signal = { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' };
export const METRICS: Signal = { resources: 'resourceMetrics', scopes: 'scopeMetrics', items: 'metrics' };

/** Resource and scope are undefined where they were left out, the item is where its group cannot be read. */
export interface Enveloped<Part> {
  readonly path: () => string;
  readonly resource: Part | undefined;
  readonly scope: Part | undefined;
  readonly item: Part | undefined;
}

/** What stands at the head of a group, and the list in it. */
interface Group<Part> {
  readonly head: Part | undefined;
  readonly list: readonly Part[];
}

/** Opens a group; undefined where it is none. */
type Open<Part> = (part: Part, level: Level) => Group<Part> | undefined;
type Level = 'request' | 'resource' | 'scope';

export const jsonEnvelope = (request: unknown, signal: Signal): Iterable<Enveloped<unknown>> =>
  envelope(request, signal, (part, level) => {
    if (!isObject(part)) return undefined;
    const { head, list } = keysOf(signal)[level];
    const items = part[list] ?? part[snake(list)] ?? [];
    return Array.isArray(items)
      ? { head: head === '' ? undefined : part[head], list: items as unknown[] }
      : undefined;
  });

const keysOf = ({ resources, scopes, items }: Signal) => ({
  request: { head: '', list: resources },
  resource: { head: 'resource', list: scopes },
  scope: { head: 'scope', list: items },
});

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const binaryEnvelope = (request: Uint8Array, signal: Signal): Iterable<Enveloped<Uint8Array>> =>
  envelope(request, signal, (message, level) => {
    const numbers = level === 'request' ? { head: 0, list: 1 } : { head: 1, list: 2 };
    const reader = new BinaryReader(message);
    const list: Uint8Array[] = [];
    let head: Uint8Array | undefined;
    try {
      while (reader.pos < reader.len) {
        const [number, type] = reader.tag();
        if (type === WireType.LengthDelimited && number === numbers.list) list.push(reader.bytes());
        else if (type === WireType.LengthDelimited && number === numbers.head) head = reader.bytes();
        else reader.skip(type, number, GROUPS_IN_GROUPS);
      }
    } catch {
      return undefined;
    }
    return { head, list };
  });

/** How deep an unknown field may be that is skipped. */
const GROUPS_IN_GROUPS = 32;

function* envelope<Part>(request: Part, signal: Signal, open: Open<Part>): Iterable<Enveloped<Part>> {
  const whole = open(request, 'request');
  if (whole === undefined)
    throw new UndecodableError(`The body is no OTLP request: no list of \`${signal.resources}\`.`);
  for (const [r, ofResource] of whole.list.entries()) {
    const resource = open(ofResource, 'resource');
    const atResource = `${signal.resources}[${r}]`;
    if (resource === undefined) yield unreadable(atResource);
    for (const [s, ofScope] of resource?.list.entries() ?? []) {
      const scope = open(ofScope, 'scope');
      const atScope = `${atResource}.${signal.scopes}[${s}]`;
      if (scope === undefined) yield unreadable(atScope);
      for (const [i, item] of scope?.list.entries() ?? []) {
        const path = () => `${atScope}.${signal.items}[${i}]`;
        yield { path, resource: resource?.head, scope: scope?.head, item };
      }
    }
  }
}

const unreadable = (path: string) => ({
  path: () => path,
  resource: undefined,
  scope: undefined,
  item: undefined,
});
