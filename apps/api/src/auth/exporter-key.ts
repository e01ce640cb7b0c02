import type { IncomingMessage } from 'node:http';
import { bearerOf } from './bearer.js';

/**
 * The key of who exports traces, wherever their tools let them write it: as a bearer; as Basic's password or user
 * (RFC 7617: Langfuse's SDKs send a pair of keys so); bare, or as `x-api-key`, as collectors' settings have it.
 */
export function exporterKeyOf(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { authorization = '', 'x-api-key': apiKey } = request.headers;
  const [scheme = '', pair = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'basic') return ofPair(Buffer.from(pair, 'base64').toString());
  if (scheme.startsWith(KEY)) return scheme;
  return bearerOf(request) ?? (typeof apiKey === 'string' ? apiKey : undefined);
}

function ofPair(pair: string): string {
  const colon = pair.indexOf(':');
  if (colon < 0) return pair;
  const password = pair.slice(colon + 1);
  return password.startsWith(KEY) ? password : pair.slice(0, colon);
}

const KEY = 'rvk_';
