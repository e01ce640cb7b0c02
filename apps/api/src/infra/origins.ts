/** Pages that may use a session: the console's own, and the origins that were named. */
import type { IncomingMessage } from 'node:http';
import type { Config } from './config.js';
import { DomainError } from './errors.js';

/** Origins beside the console's own. */
export const trustedOrigins = (config: Config): string[] => [
  ...config.origins.filter((origin) => origin !== '*'),
  ...(config.publicUrl === undefined ? [] : [new URL(config.publicUrl).origin]),
];

/** Sites of Fetch Metadata: the console itself, and a person who typed the address. */
const OWN: ReadonlySet<unknown> = new Set(['same-origin', 'none']);
const originOf = (page: string): string => (URL.canParse(page) ? new URL(page).origin : 'null');

/** For websockets, which no browser protects: without an Origin it is no browser. */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>, config: Config): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (trustedOrigins(config).includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/**
 * For a GET that does something: throws `forbidden` when another page made a browser send it. By its Origin where there
 * is one, else by Fetch Metadata, else by the Referer of a browser that knows neither.
 */
export function refuseForeignPage({ headers }: Pick<IncomingMessage, 'headers'>, config: Config): void {
  const { origin, referer, 'sec-fetch-site': site } = headers;
  const isOurs = (page: string) => isOwnOrigin({ headers: { ...headers, origin: originOf(page) } }, config);
  if (origin !== undefined && isOwnOrigin({ headers }, config)) return;
  if (origin === undefined && site !== undefined && OWN.has(site)) return;
  if (origin === undefined && site === undefined && (referer === undefined || isOurs(referer))) return;
  throw new DomainError('forbidden', 'This can be asked for from the console only.');
}
