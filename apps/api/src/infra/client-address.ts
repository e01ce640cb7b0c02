/**
 * The address a request comes from. Anybody can send X-Forwarded-For: it is read from right to left, for as long as the
 * one who wrote an entry is a proxy of REEVE_TRUST_PROXY. docs/adr/0007.
 */
import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import type { FastifyRequest } from 'fastify';
import type { Config } from './config.js';

export type ClientAddress = (request: Pick<FastifyRequest, 'ip' | 'raw'>) => string;

export function clientAddress({ proxies }: Pick<Config, 'proxies'>): ClientAddress {
  const trusted = proxyAddr.compile([...proxies]);
  return ({ ip, raw }) => {
    const address = proxyAddr(raw, trusted);
    // A name, or a port that is another one each time, would be a new client each time.
    return isIP(address) === 0 ? ip : address;
  };
}
