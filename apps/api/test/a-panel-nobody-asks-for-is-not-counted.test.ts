/** A panel of the overview costs what it costs when it is asked for, and nothing else; a page of them takes one connection. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';

/** Each with something below it to ask for. */
const PANELS = {
  totals: 'evaluations',
  previous: 'evaluations',
  series: 'at',
  denials: 'tool',
  reasons: 'reason',
  changes: 'seq',
  outcomes: 'reported',
} as const;

/** Statements that look into the records, as they reach the driver, and the most of them under way at once. */
const seen: string[] = [];
let underWay = 0;
let atOnce = 0;
const client = pg.Client.prototype as unknown as { query: (...of: unknown[]) => unknown };
const { query: send } = client;
function watched(this: unknown, ...of: unknown[]): unknown {
  const [query] = of as [string | { readonly text?: string }];
  const text = (typeof query === 'string' ? query : query.text) ?? '';
  const sent = send.apply(this, of);
  if (!/\bFROM audit_record\b/.test(text)) return sent;
  seen.push(text);
  underWay += 1;
  atOnce = Math.max(atOnce, underWay);
  const over = () => (underWay -= 1);
  void Promise.resolve(sent).then(over, over);
  return sent;
}

let reeve: TestApp;
let owner: Credential;
let admin: Credential;
beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  admin = await reeve.addAdmin();
  client.query = watched;
});
afterAll(async () => {
  client.query = send;
  await reeve.close();
});
beforeEach(() => {
  seen.length = 0;
  atOnce = 0;
});

const span = `from: "${new Date(Date.now() - 3_600_000).toISOString()}", to: "${new Date(Date.now() + 60_000).toISOString()}"`;
async function asked(fields: string, who = owner, tenant = 'alpha', times = 1) {
  const one = (n: number) => `o${n}: overview(tenant: "${tenant}", ${span}) { ${fields} }`;
  const { data, errors } = await reeve.graphql(
    who,
    `{ ${Array.from({ length: times }, (_, n) => one(n)).join(' ')} }`,
  );
  expect(errors).toEqual([]);
  return data!['o0'] as Record<string, unknown>;
}
const all = Object.entries(PANELS).map(([panel, field]) => `${panel} { ${field} }`);

describe('one statement', () => {
  it.each(Object.entries(PANELS))('looks into the records for %s alone', async (panel, field) => {
    await asked(`bucketSeconds ${panel} { ${field} }`);
    expect(seen).toHaveLength(1);
  });
});

it('none does for the span alone, nor for the stops where nothing is stopped', async () => {
  await asked('from to bucketSeconds inForce { id }');
  expect(seen).toEqual([]);
});

it('a panel that is asked for is counted', async () => {
  const { changes } = await asked('changes { action }');
  expect((changes as { action: string }[]).map(({ action }) => action)).toContain('policy.publish');
});

it.each([
  ['of one tenant', 'alpha', 1],
  ['of all of them', '_all', 1],
  ['asked for five times in one query', 'alpha', 5],
])('the panels %s are counted one after another', async (_, tenant, times) => {
  await asked(all.join(' '), admin, tenant, times);
  expect(seen).toHaveLength(all.length * times);
  expect(atOnce).toBe(1);
});
