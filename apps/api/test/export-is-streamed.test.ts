/** An export of any size takes a page of memory, and a reader who stalls, leaves or is let down holds nothing open. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { AuditReadModel } from '../src/audit/audit.read-model.js';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';
import { listening } from './support/subscribe.js';

const RECORDS = 20_000;
/** More than the sockets between client and server hold. */
const RECORD_BYTES = 4_000;

let reeve: TestApp;
let owner: pg.Client;
let auditor: Credential;
let url: string;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  auditor = await reeve.addMember(tenant, 'auditor@alpha.test', ['auditor']);
  owner = new pg.Client({ connectionString: reeve.database.url });
  await owner.connect();
  await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenant]);
  await owner.query(
    `INSERT INTO audit_record (tenant_id, seq, id, kind, at, payload, hash, hmac, key_id, action, target, actor_id)
     SELECT tenant_id, h.seq + n, gen_random_uuid(), 'change', now(), repeat('x', $1), h.hash, h.hash, 'k1', 'test', 'test', 'test'
     FROM ledger_head h, generate_series(1, $2) n WHERE tenant_id = $3`,
    [RECORD_BYTES, RECORDS, tenant],
  );
  await owner.query(`UPDATE ledger_head SET seq = seq + $1 WHERE tenant_id = $2`, [RECORDS, tenant]);
  url = `http://${await listening(reeve)}/v1/audit/export?tenant=alpha`;
});
afterAll(async () => {
  await owner.end();
  await reeve.close();
});
afterEach(() => vi.restoreAllMocks());

/** What each download has read of the database so far; `fails` makes it break off there. */
function watched(fails = Infinity) {
  const reads: { rows: number; ended: boolean }[] = [];
  const readModel = reeve.app.get(AuditReadModel);
  const stream = readModel.stream.bind(readModel);
  vi.spyOn(readModel, 'stream').mockImplementation(async function* (...range) {
    const read = { rows: 0, ended: false };
    reads.push(read);
    try {
      for await (const row of stream(...range)) {
        if (read.rows === fails) throw new Error('the database went away');
        read.rows += 1;
        yield row;
      }
    } finally {
      read.ended = true;
    }
  });
  return reads;
}
const transactions = async () =>
  (
    await owner.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
    )
  ).rows[0]!.open;
const take = () => fetch(url, { headers: { cookie: auditor.cookie! } });

it('reads no further ahead than the reader reads, and stops when they leave', async () => {
  const reads = watched();
  const request = get(url, { headers: { cookie: auditor.cookie! } });
  await once(request, 'response');
  // Long enough to read everything: another reader does.
  const whole = await (await take()).text();
  expect(whole.split('\n').length).toBeGreaterThan(RECORDS);
  expect(reads[1]).toMatchObject({ ended: true });
  expect(reads[0]!.ended).toBe(false);
  expect(reads[0]!.rows).toBeLessThan(RECORDS / 2);
  expect(await transactions()).toBe(0);

  request.on('error', () => undefined).destroy();
  await expect.poll(() => reads[0]!.ended).toBe(true);
  await expect.poll(transactions).toBe(0);
});

it('breaks off where the database does, so that no part passes for the whole', async () => {
  const reads = watched(600);
  const request = get(`${url}&format=csv`, { headers: { cookie: auditor.cookie! } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  const failure = once(answer.resume(), 'error') as Promise<Error[]>;
  expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(answer.complete).toBe(false);
  expect(reads[0]).toEqual({ rows: 600, ended: true });
  expect(await transactions()).toBe(0);
});
