/** A tenant names the address, this process calls it: it leads to the internet or nowhere. */
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPublic, publicLookup } from '../src/langfuse/langfuse-address.js';
import { getJson } from '../src/langfuse/langfuse-http.js';
import { KEYS } from './support/fake-langfuse.js';
import { startApp, type Credential, type TestApp } from './support/app.js';
import { WHY } from './support/langfuse.js';

let reeve: TestApp;
let owner: Credential;
let reached = 0;
const inner = createServer((_, response) => {
  reached += 1;
  response.end('{"data":[]}');
});
let port: number;

beforeAll(async () => {
  await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening));
  inner.on('connection', () => (reached += 1));
  ({ port } = inner.address() as AddressInfo);
  reeve = await startApp();
  owner = await reeve.addMember(await reeve.addTenant('alpha'), 'owner@alpha.test', ['owner']);
});
afterAll(async () => {
  await reeve.close();
  inner.close();
});

const asked = async (verb: string, baseUrl: string) => {
  const reason = verb === 'testLangfuse' ? '' : `, ${WHY}`;
  const what = verb === 'testLangfuse' ? 'trouble' : 'id';
  return reeve.graphql(
    owner,
    `mutation { result: ${verb}(tenant: "alpha", baseUrl: ${JSON.stringify(baseUrl)}, publicKey: "pk-lf-1", secretKey: "sk-lf-12345678"${reason}) { ${what} } }`,
  );
};

it.each([
  'http://127.0.0.1:{port}',
  'https://127.0.0.1:{port}',
  'https://2130706433:{port}',
  'https://0177.0.0.1:{port}',
  'https://[::1]:{port}',
  'https://[::ffff:127.0.0.1]:{port}',
  'https://10.0.0.1',
  'https://169.254.169.254',
  'http://cloud.langfuse.com',
  'gopher://127.0.0.1:{port}',
  'https://a:b@cloud.langfuse.com',
])('%s is neither tested nor connected', async (address) => {
  for (const verb of ['testLangfuse', 'connectLangfuse']) {
    const { code, errors } = await asked(verb, address.replace('{port}', String(port)));
    expect(code).toBe('BAD_USER_INPUT');
    expect(errors[0]!.extensions['errors']).toMatchObject([{ path: 'baseUrl' }]);
  }
  expect(reached).toBe(0);
});

it('a name that leads here is found out when it is called, and nothing is sent', async () => {
  const { data } = await asked('testLangfuse', `https://localhost:${port}`);
  expect(data!['result']).toEqual({ trouble: 'address_refused' });
  expect(reached).toBe(0);
});

it('a name whose address changes after it was looked at reaches what was looked at', async () => {
  // The first answer is public, any later one private: whoever asks twice is led astray.
  let lookups = 0;
  const rebinding: LookupFunction = (_, { all }, answer) => {
    const address = (lookups += 1) === 1 ? '192.88.99.1' : '127.0.0.1';
    if (all === true) answer(null, [{ address, family: 4 }]);
    else answer(null, address, 4);
  };
  await new Promise<void>((done) => {
    const call = request(`https://rebound.test:${port}`, { lookup: rebinding, timeout: 300 });
    call.on('timeout', () => call.destroy());
    call.on('error', () => done());
    call.end();
  });
  expect(lookups).toBe(1);
  expect(reached).toBe(0);
});

it('one private address among public ones is enough to refuse a name', async () => {
  const found = await new Promise((answer) =>
    publicLookup('localhost', { all: true }, (...given) => answer(given)),
  );
  expect(found).toMatchObject([{ trouble: 'address_refused' }, '']);
  expect(isPublic('127.0.0.1')).toBe(false);
});

it('a redirect is not followed', async () => {
  const outer = createServer((_, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
  });
  await new Promise<void>((listening) => outer.listen(0, '127.0.0.1', listening));
  const baseUrl = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;
  const { status } = await getJson({ baseUrl, trusted: true }, KEYS, '/');
  expect(status).toBe(302);
  expect(reached).toBe(0);
  outer.close();
});
