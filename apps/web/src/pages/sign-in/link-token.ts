/** The token of a one-time link, `#token=…`: behind `#`, which no server log sees. Empty: the link has none. */
export const linkToken = (hash = location.hash): string =>
  new URLSearchParams(hash.slice(1)).get('token') ?? '';
