/** Ranges of proxies, taken together: believing much of the internet is believing everybody. */
import ipaddr from 'ipaddr.js';

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Ranges of public addresses: IPv4 below multicast, as IPv6 writes it, and IPv6's global unicast (RFC 4291). */
const INTERNETS: readonly Range[] = [
  { first: rangeOf('0.0.0.0').first, last: rangeOf('223.255.255.255').last },
  rangeOf('2000::/3'),
];
/** One part in so many of either is more than any fleet of proxies has. */
const PART = 8n;

/** True where the ranges cover an eighth of an internet or more, however they are cut. */
export function believesEverybody(ranges: readonly string[]): boolean {
  const all = ranges.map(rangeOf);
  return INTERNETS.some((internet) => {
    const inside = all
      .map(({ first, last }) => ({ first: max(first, internet.first), last: min(last, internet.last) }))
      .filter(({ first, last }) => first <= last);
    return count(inside) * PART >= count([internet]);
  });
}

/** The number of addresses the ranges hold, each counted once. */
function count(ranges: readonly Range[]): bigint {
  let total = 0n;
  let next = 0n;
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const from = max(first, next);
    if (last < from) continue;
    total += last - from + 1n;
    next = last + 1n;
  }
  return total;
}

/** IPv4 has its place in IPv6 (`::ffff:a.b.c.d`), and a range of the latter around it believes it too. */
function rangeOf(text: string): Range {
  const [address, prefix] = text.split('/') as [string, string?];
  const parsed = ipaddr.parse(address);
  const wide = parsed instanceof ipaddr.IPv4 ? parsed.toIPv4MappedAddress() : parsed;
  const own = parsed.kind() === 'ipv4' ? 32 : 128;
  const size = 1n << BigInt(own - Number(prefix ?? own));
  const number = wide.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const first = (number / size) * size;
  return { first, last: first + size - 1n };
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
