/** `/docs` is what the committed documents say, works without any other server, and the schema needs a sign-in. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

const get = (url: string, headers = {}) => reeve.inject({ method: 'GET', url, headers });

it('serves the REST reference to anyone, all of it from here', async () => {
  const page = await get('/docs');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(addresses.filter((address) => !address.startsWith('/'))).toEqual([]);
  for (const address of addresses.filter((one) => one.startsWith('/docs/')))
    if (address !== '/docs/graphql') expect((await get(address)).statusCode, address).toBe(200);
  expect((await get('/docs/start.js')).body).toContain("url: '/openapi.json'");
  expect(page.body).not.toMatch(/<script>|<style>|\son\w+=/);
});

it.each([
  'index.html',
  'swagger-initializer.js',
  'package.json',
  '../express/package.json',
  '..%2f..%2fpackage.json',
])('serves nothing else of the viewer’s package: %s', async (file) =>
  expect((await get(`/docs/ui/${file}`)).statusCode).toBe(404),
);

it('serves the GraphQL reference to who is signed in, every type of the schema in it', async () => {
  expect((await get('/docs/graphql')).statusCode).toBe(401);
  const tenant = await reeve.addTenant('alpha');
  const { cookie } = await reeve.addMember(tenant, 'viewer@alpha.test', ['viewer']);
  const page = await get('/docs/graphql', { cookie });
  expect(page.statusCode).toBe(200);
  for (const name of ['Query', 'Mutation', 'Subscription', 'KillSwitch', 'AdminRole'])
    expect(page.body).toContain(`id="${name}"`);
  const targets = new Set([...page.body.matchAll(/ id="(\w+)"/g)].map(([, id]) => id));
  const links = [...page.body.matchAll(/href="#(\w+)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((link) => !targets.has(link))).toEqual([]);
});

const GUIDES = [
  'wire-an-agent',
  'write-a-condition',
  'other-resources',
  'stop-and-lift',
  'export-and-verify',
  'send-telemetry',
  'connect-langfuse',
  'run-in-production',
];

it('serves the guides to anyone, each in the list, and no link of theirs leads nowhere', async () => {
  const links = (body: string) => [...body.matchAll(/<a href="([^"]+)"/g)].map(([, to]) => to!);
  const list = await get('/docs/guides');
  expect(links(list.body).filter((to) => to.startsWith('/docs/guides/'))).toEqual(
    GUIDES.map((name) => `/docs/guides/${name}`),
  );
  for (const name of GUIDES) {
    const { body, headers, statusCode } = await get(`/docs/guides/${name}`);
    expect(statusCode, name).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).not.toMatch(/<script|<style|\son\w+=|\sstyle=/);
    for (const to of links(body).filter((one) => one !== '/' && !one.startsWith('https://'))) {
      const [path = '', id] = to.split('#');
      const at = path === '' ? body : (await get(path)).body;
      if (path !== '/docs/graphql') expect(at, `${name}: ${to}`).toContain('<main');
      if (id !== undefined) expect(at, `${name}: ${to}`).toContain(`id="${id}"`);
    }
  }
});

it('no reference in the OpenAPI document leads nowhere, and every parameter has a name', async () => {
  const document = (await get('/openapi.json')).json<Record<string, unknown>>();
  const at = (pointer: string) =>
    pointer
      .slice(2)
      .split('/')
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, one]) => one!);
  expect(references.length).toBeGreaterThan(10);
  expect(references.filter((one) => !one.startsWith('#/') || at(one) === undefined)).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('"schema":{},');
});
