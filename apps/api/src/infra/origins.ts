/** Which pages may use a session: the console's own, and the origins that were named. */
import type { IncomingMessage } from 'node:http';
import type { Config } from './config.js';

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
