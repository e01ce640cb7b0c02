import { describe, expect, it } from 'vitest';
import { clientAddress, type ClientAddress } from './client-address.js';

const from = (peer: string, forwarded?: string) =>
  ({
    ip: peer,
    raw: {
      socket: { remoteAddress: peer },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    },
  }) as unknown as Parameters<ClientAddress>[0];

describe('without a trusted proxy', () => {
  const addressOf = clientAddress({ proxies: [] });

  it('is the peer, whatever it claims', () => {
    expect(addressOf(from('192.0.2.7'))).toBe('192.0.2.7');
    expect(addressOf(from('127.0.0.1', '192.0.2.7'))).toBe('127.0.0.1');
  });
});

describe('behind trusted proxies', () => {
  const addressOf = clientAddress({ proxies: ['10.9.0.1', '10.8.0.0/16', 'fd00::/8'] });

  it.each([
    ['what the proxy says', '10.9.0.1', '192.0.2.7', '192.0.2.7'],
    ['the proxy, when it says nothing', '10.9.0.1', undefined, '10.9.0.1'],
    ['not what the client put before that', '10.9.0.1', '203.0.113.5, 192.0.2.7', '192.0.2.7'],
    ['through a chain of them', '10.9.0.1', '192.0.2.7, 10.8.3.3', '192.0.2.7'],
    ['not through a stranger in the chain', '10.9.0.1', '192.0.2.7, 10.7.3.3', '10.7.3.3'],
    ['an IPv6 client', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['a peer of an IPv4 range on an IPv6 socket', '::ffff:10.8.1.1', '192.0.2.7', '192.0.2.7'],
    ['the peer, when it is no proxy of ours', '192.0.2.9', '192.0.2.7', '192.0.2.9'],
    ['the proxy, when it says no address', '10.9.0.1', 'unknown', '10.9.0.1'],
    ['the proxy, when it adds a port', '10.9.0.1', '192.0.2.7:50123', '10.9.0.1'],
  ])('is %s', (_, peer, forwarded, address) => {
    expect(addressOf(from(peer, forwarded))).toBe(address);
  });
});
