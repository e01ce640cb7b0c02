/**
 * Promises: what a log policy allows to keep of a span, before anything of it is stored. Figures stay under every
 * policy: they are why telemetry is sent. A name that nobody knows may hold anybody's words, so what is not known to
 * be plain is dropped, not kept.
 */
import { PLAIN_PREFIXES } from './normalise/names.js';
import type { Json, Span } from './span.js';

/** `metadata`: nothing of what was said. `none`: the figures alone, under the names of the conventions. */
export const LOG_POLICIES = ['full', 'metadata', 'none'] as const;
export type LogPolicy = (typeof LOG_POLICIES)[number];

export function redact(span: Span, policy: LogPolicy): Span {
  switch (policy) {
    case 'full':
      return span;
    case 'metadata':
      return { ...span, content: null, attributes: plain(span.attributes) };
    case 'none':
      return { ...span, name: conventionalName(span), content: null, attributes: {} };
  }
}

const plain = (attributes: Span['attributes']): Record<string, Json> =>
  Object.fromEntries(Object.entries(attributes).filter(([name, value]) => isPlain(name, value)));

/** A number or a yes says nothing of anybody; a text only under a name whose values are a convention's. */
const isPlain = (name: string, value: Json) =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  PLAIN_PREFIXES.some((prefix) => name.startsWith(prefix));

/** As the conventions name spans: the operation, and what it is done with. */
const conventionalName = ({ operation, tool, model, agent, node }: Span): string =>
  [operation, tool ?? model ?? agent ?? node].filter((part) => part !== null).join(' ');
