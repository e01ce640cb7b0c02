/** Which pages may use a session: the console's own, and the origins that were named. */
import type { IncomingMessage } from 'node:http';
import type { Config } from './config.js';
import { DomainError } from './errors.js';

/** Origins beside the console's own. */
export const trustedOrigins = (config: Config): string[] => [
  ...config.origins.filter((origin) => origin !== '*'),
  ...(config.publicUrl === undefined ? [] : [new URL(config.publicUrl).origin]),
];

/** For websockets, which no browser protects: without an Origin it is no browser. */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>, config: Config): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (trustedOrigins(config).includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** For a GET that does something: throws `forbidden` when a browser says that another site made it (Fetch Metadata). */
export function refuseForeignPage({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new DomainError('forbidden', 'This can be asked for from the console only.');
}
