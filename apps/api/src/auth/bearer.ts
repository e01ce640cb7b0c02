import type { IncomingMessage } from 'node:http';

/** The token of `Authorization: Bearer <token>` (RFC 6750); undefined without that header. */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const [scheme, token] = headers.authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : undefined;
}
