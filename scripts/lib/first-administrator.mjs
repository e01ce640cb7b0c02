// Promises: the first administrator of an empty Reeve, made the way a person does it: by the link it prints.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** The cookie of their session. */
export async function setUp(api, { email, name }) {
  const token = await printedToken(api);
  const response = await fetch(`${api.url}/auth/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      email,
      name,
      password: randomBytes(18).toString('base64url'),
    }),
  });
  if (!response.ok) throw new Error(`set-up answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function printedToken(api) {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    const token = /set-up#token=([\w-]+)/.exec(api.output())?.[1];
    if (token) return token;
  }
  throw new Error(`Reeve printed no set-up link:\n${api.output()}`);
}

/** Asks with these credentials; throws what was answered instead of data. */
export function graphql(url, headers) {
  return async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const { data, errors } = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    if (!data || errors) throw new Error(`GraphQL answered ${response.status}: ${text.slice(0, 500)}`);
    return data;
  };
}
