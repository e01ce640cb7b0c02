/**
 * The address of a Langfuse server, which a tenant's people name and this process calls. So it may not lead to what only
 * this process can reach: a name is resolved here, and the connection goes to the address that was looked at, not to
 * what the name says a moment later.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LangfuseError } from './langfuse-error.js';

export interface LangfuseAddress {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Named in the settings: it may be private, and speak plain http. */
  readonly trusted: boolean;
}

/** `trustedHosts`: names, with a port where only that one is meant. Throws LangfuseError. */
export function readAddress(text: string, trustedHosts: readonly string[]): LangfuseAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw refused('an https:// address is expected');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refused('an address without a user, a query or a fragment is expected');
  const trusted = trustedHosts.some((host) => [url.host, url.hostname].includes(host.toLowerCase()));
  if (!trusted) {
    if (url.protocol !== 'https:') throw refused('https:// is expected: the key would travel in the clear');
    const literal = literalOf(url.hostname);
    if (isIP(literal) !== 0 && !isPublic(literal)) throw refused('a private address is not called');
  }
  return { baseUrl: url.href.replace(/\/+$/, ''), trusted };
}

const refused = (message: string) => new LangfuseError('address_refused', message);

/** An IPv6 address without the brackets that it has in a URL. */
export const literalOf = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** True for addresses of the internet: nothing private, local, reserved, or that hides one of these. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/** Resolves a name to its public addresses alone. Throws where one of them is not: such a name is up to something. */
export const publicLookup: LookupFunction = (hostname, options, answer) =>
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return answer(error, '');
    if (found.length === 0 || found.some(({ address }) => !isPublic(address)))
      return answer(refused('a private address is not called'), '');
    if (options.all === true) return answer(null, found);
    const [{ address, family }] = found as [LookupAddress];
    return answer(null, address, family);
  });
