/** An export of any size takes a page of memory, and a reader who stalls, leaves or is let down holds nothing open. */
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
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
afterEach(() => {
  // The server closes when its answers have: a download that a failed test leaves behind would hold it.
  for (const request of requests.splice(0)) request.destroy();
  vi.restoreAllMocks();
});

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
/** Which transactions are open, each by where and when it began. */
const transactions = async (): Promise<string[]> =>
  (
    await owner.query<{ id: string }>(
      `SELECT pid || ' ' || xact_start AS id FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
    )
  ).rows.map(({ id }) => id);
/** What is open now ends while the reader still stalls. The application's own short work may come and go meanwhile. */
const nothingStaysOpen = async () => {
  const open = new Set(await transactions());
  await expect
    .poll(async () => (await transactions()).filter((id) => open.has(id)), { timeout: 5_000 })
    .toEqual([]);
};
const requests: ClientRequest[] = [];
/** A download that nobody reads yet. */
const stalled = (url: string): ClientRequest => {
  const request = get(url, { headers: { cookie: auditor.cookie! } }).on('error', () => undefined);
  requests.push(request);
  return request;
};
const take = () => fetch(url, { headers: { cookie: auditor.cookie! } });

it('reads no further ahead than the reader reads, and stops when they leave', async () => {
  const reads = watched();
  const request = stalled(url);
  await once(request, 'response');
  // Long enough to read everything: another reader does.
  const whole = await (await take()).text();
  expect(whole.split('\n').length).toBeGreaterThan(RECORDS);
  expect(reads[1]).toMatchObject({ ended: true });
  expect(reads[0]!.ended).toBe(false);
  expect(reads[0]!.rows).toBeLessThan(RECORDS / 2);
  await nothingStaysOpen();
  expect(reads[0]!.ended).toBe(false);

  request.destroy();
  await expect.poll(() => reads[0]!.ended).toBe(true);
  await nothingStaysOpen();
});

it('breaks off where the database does, so that no part passes for the whole', async () => {
  const reads = watched(600);
  const request = stalled(`${url}&format=csv`);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  const failure = once(answer.resume(), 'error') as Promise<Error[]>;
  expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(answer.complete).toBe(false);
  expect(reads[0]).toEqual({ rows: 600, ended: true });
  await nothingStaysOpen();
});
