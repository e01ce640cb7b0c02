/**
 * What is called verified is verified: an old record that somebody edited is found by the pass over the whole, a tail
 * that was cut off by what was noted outside the database, and nothing that could not be checked is called sound.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../src/infra/database.js';
import { HeadsFile } from '../src/integrity/heads-file.js';
import { IntegrityRepository } from '../src/integrity/integrity.repository.js';
import { IntegrityService } from '../src/integrity/integrity.service.js';
import { Witness } from '../src/integrity/witness.service.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { Changes } from '../src/ledger/changes.js';
import { Keyring } from '../src/ledger/keyring.js';
import { REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let owner: pg.Client;
let integrity: IntegrityService;
let auditor: Credential;
let admin: Credential;
let number = 0;
/** A tenant of its own for each test. */
let slug: string;
let tenant: string;

beforeAll(async () => {
  reeve = await startApp();
  owner = new pg.Client({ connectionString: reeve.database.url });
  await owner.connect();
  integrity = new IntegrityService(new IntegrityRepository(reeve.app.get(Database)), reeve.app.get(Keyring));
  admin = await reeve.addAdmin();
});
afterAll(async () => {
  await owner.end();
  await reeve.close();
});
beforeEach(async () => {
  number += 1;
  slug = `alpha${number}`;
  tenant = await reeve.addTenant(slug);
  auditor = await reeve.addMember(tenant, `auditor${number}@reeve.test`, ['auditor']);
  for (let i = 0; i < 6; i += 1) await change(`a change, number ${i}`);
});

const change = (reason: string, after: Record<string, string> | null = null) =>
  reeve.app
    .get(Changes)
    .make(SYSTEM, { tenantId: tenant, action: 'tenant.update', reason }, () =>
      Promise.resolve({ target: 'nothing', before: null, after, result: undefined }),
    );

async function head(): Promise<Record<string, string | null>> {
  const { data } = await reeve.graphql(
    auditor,
    `{ ledgerHead(tenant: "${slug}") { seq state verifiedSeq wholeAt checkingSeq broken lost } }`,
  );
  return data!['ledgerHead'] as Record<string, string | null>;
}
const edit = (seq: number, from = 'number', to = 'NUMBER') =>
  owner.query(
    `UPDATE audit_record SET payload = replace(payload, $2, $3) WHERE seq = $1 AND tenant_id = $4`,
    [seq, from, to, tenant],
  );

describe('the check of the whole', () => {
  it('finds an old record that was edited behind it, goes on behind the fault, and forgets it when it is mended', async () => {
    expect(await head()).toMatchObject({ state: 'unchecked', wholeAt: null });
    await integrity.tick();
    const proved = await head();
    expect(proved).toMatchObject({ state: 'verified', verifiedSeq: proved['seq'], broken: null });

    await edit(3);
    await integrity.tick();
    expect(await head()).toMatchObject({
      state: 'broken',
      verifiedSeq: proved['seq'],
      broken: expect.stringMatching(/^Broken at #3: its bytes/) as string,
    });

    await change('made behind the fault, which is checked as well');
    await edit(3, 'NUMBER', 'number');
    await edit(5);
    await integrity.tick();
    expect(await head()).toMatchObject({ broken: expect.stringMatching(/^Broken at #5/) as string });
    await edit(5, 'NUMBER', 'number');
    await integrity.tick();
    expect(await head()).toMatchObject({ state: 'verified', broken: null });
  });

  it('finds a deleted record in the middle and a cut tail, and says how many are missing', async () => {
    const { seq } = await head();
    await owner.query(`DELETE FROM audit_record WHERE seq = 4 AND tenant_id = $1`, [tenant]);
    expect(await integrity.check(tenant)).toMatch(/^Broken at #4: a record is missing/);
    await owner.query(`DELETE FROM audit_record WHERE seq >= $1 AND tenant_id = $2`, [
      Number(seq) - 1,
      tenant,
    ]);
    await integrity.tick();
    expect((await head())['broken']).toMatch(/^Broken at #4/);
    await owner.query(
      `UPDATE ledger_check SET pass_seq = 4, pass_hash = NULL, pass_broken = NULL WHERE tenant_id = $1`,
      [tenant],
    );
    await integrity.advance(tenant, 1_000);
    // Where the lost records were told of meanwhile, that is a record behind them.
    expect((await head())['broken']).toMatch(
      /^(Incomplete: 2 records missing|Broken at #\d+: a record is missing)/,
    );
  });

  it('goes on where it stopped, shows how far it is, and does not say verified before it has come to the end', async () => {
    await integrity.advance(tenant, 3);
    expect(await head()).toMatchObject({ state: 'unchecked', checkingSeq: '3', wholeAt: null });
    await edit(2);
    await integrity.advance(tenant, 1_000);
    // #2 was read before it was edited; the next pass, within the hour, reads it anew.
    await integrity.advance(tenant, 1_000);
    expect((await head())['broken']).toMatch(/^Broken at #2/);
  });

  it('is stale when the last one ended more than an hour ago', async () => {
    await integrity.tick();
    await owner.query(
      `UPDATE ledger_check SET whole_at = now() - interval '61 minutes' WHERE tenant_id = $1`,
      [tenant],
    );
    expect(await head()).toMatchObject({ state: 'stale' });
    await integrity.startOver();
    expect(await head()).toMatchObject({ state: 'stale', checkingSeq: '0' });
    await integrity.tick();
    expect(await head()).toMatchObject({ state: 'verified' });
  });
});

describe('what was noted outside the tables', () => {
  let away = false;
  class Ledgers extends IntegrityRepository {
    override hashesAt(...places: Parameters<IntegrityRepository['hashesAt']>) {
      return away ? Promise.reject(new Error('away')) : super.hashesAt(...places);
    }
  }
  const witness = (answered = new AnsweredHeads()) =>
    new Witness(reeve.config, new Ledgers(reeve.app.get(Database)), answered, reeve.app.get(Changes));
  /** What a superuser does who wants the last records gone: rows, head and marks all agree again. */
  async function cutTail(): Promise<number> {
    const seq = Number((await head())['seq']);
    await owner.query(`DELETE FROM audit_record WHERE seq > $1 AND tenant_id = $2`, [seq - 2, tenant]);
    await owner.query(
      `UPDATE ledger_head SET seq = $1, hash = (SELECT hash FROM audit_record WHERE seq = $1 AND tenant_id = $2) WHERE tenant_id = $2`,
      [seq - 2, tenant],
    );
    await owner.query(`DELETE FROM ledger_check WHERE tenant_id = $1`, [tenant]);
    return seq;
  }

  it('finds a cut tail whose marks were moved with it, at the next start', async () => {
    await witness().note();
    const seq = await cutTail();
    expect(await integrity.check(tenant)).toBeNull();

    const next = witness();
    await next.onApplicationBootstrap();
    await next.onApplicationShutdown();
    const found = await head();
    expect(found).toMatchObject({
      state: 'broken',
      lost: expect.stringContaining(`the database ends at #${seq - 2} now`) as string,
    });
    expect(found['lost']).toContain(`Record #${seq} (`);
    const [record] = (
      await owner.query(
        `SELECT payload FROM audit_record WHERE action = 'ledger.records_lost' AND tenant_id = $1`,
        [tenant],
      )
    ).rows as { payload: string }[];
    expect(JSON.parse(record!.payload)).toMatchObject({
      change: { before: { seq }, after: { seq: seq - 2 } },
    });
  });

  it('finds answered records that are gone while the process runs, and says so until a platform administrator takes note', async () => {
    const answered = new AnsweredHeads();
    const [{ seq, hash }] = (
      await owner.query(`SELECT seq::int, hash FROM ledger_head WHERE tenant_id = $1`, [tenant])
    ).rows as [{ seq: number; hash: string }];
    const running = witness(answered);
    answered.note({ tenantId: tenant, seq, hash }, { seq: seq - 1, hash: '' });
    await running.look();
    expect((await head())['lost']).toBeNull();

    // A standby without the last two was promoted, and this process wrote on before anybody looked.
    await cutTail();
    for (let i = 0; i < 3; i += 1) await change(`written on the promoted standby ${i}`);
    const [{ now }] = (
      await owner.query(
        `SELECT json_build_object('seq', seq, 'hash', hash) AS now FROM ledger_head WHERE tenant_id = $1`,
        [tenant],
      )
    ).rows as [{ now: { seq: number; hash: string } }];
    answered.note({ tenantId: tenant, ...now }, { seq: now.seq - 1, hash: 'another' });
    away = true;
    await expect(running.look()).rejects.toThrow('away');
    away = false;
    await running.look();
    await running.look();
    const { lost } = await head();
    expect(lost).toContain(`Record #${seq} (${hash.slice(0, 12)}…) was answered by this process`);
    expect(lost).toContain(`has another record there, and ends at #${seq + 1}`);

    const take = (who: Credential) =>
      reeve.graphql(who, `mutation { acknowledgeLostRecords(tenant: "${slug}", reason: "${REASON}") }`);
    const owning = await reeve.addMember(tenant, `owner${number}@reeve.test`, ['owner']);
    expect((await take(owning)).code).toBe('FORBIDDEN');
    expect((await take(admin)).data).toEqual({ acknowledgeLostRecords: true });
    expect((await head())['lost']).toBeNull();
    expect((await take(admin)).code).toBe('CONFLICT');
  });

  it('is appended to, line by line, and survives a line that was cut by a kill', async () => {
    const file = new HeadsFile(reeve.config.dataDir);
    await witness().note();
    appendFileSync(file.path, '{"at":"2026-');
    await witness().note();
    expect((await file.last()).map(({ tenant }) => tenant)).toContain(tenant);
  });
});

describe('a change that is too long for its record', () => {
  const long = () =>
    Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`cell ${i}`, `${number} ${'x'.repeat(300)}`]),
    );

  it('is recorded by digest and names, verifies, and its whole is beside it', async () => {
    const after = long();
    await change('a change of a megabyte and more', after);
    const [{ seq, payload }] = (
      await owner.query(
        `SELECT seq::int, payload FROM audit_record WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1`,
        [tenant],
      )
    ).rows as [{ seq: number; payload: string }];
    expect(payload.length).toBeLessThan(64 * 1024);
    const { change: recorded } = JSON.parse(payload) as {
      change: { whole: { after: string }; after: object };
    };
    expect(recorded.after).toMatchObject({ abridged: true, count: 5_000 });

    const answer = await reeve.inject({
      method: 'GET',
      url: `/v1/audit/whole?tenant=${slug}&seq=${seq}&side=after`,
      headers: { cookie: auditor.cookie! },
    });
    expect(answer.statusCode).toBe(200);
    expect(createHash('sha256').update(answer.body).digest('hex')).toBe(recorded.whole.after);
    expect(JSON.parse(answer.body)).toEqual(after);
    for (const [query, status] of [
      [`seq=${seq}&side=before`, 404],
      [`seq=1&side=after`, 404],
      [`seq=x&side=after`, 422],
      [`seq=${seq}&side=both`, 422],
    ] as const) {
      const refused = await reeve.inject({
        method: 'GET',
        url: `/v1/audit/whole?tenant=${slug}&${query}`,
        headers: { cookie: auditor.cookie! },
      });
      expect(refused.statusCode, query).toBe(status);
    }

    expect(await integrity.check(tenant)).toBeNull();
    await owner.query(
      `UPDATE audit_attachment SET content = replace(content, 'cell 7"', 'cell 8"') WHERE seq = $1`,
      [seq],
    );
    expect(await integrity.check(tenant)).toMatch(new RegExp(`^Broken at #${seq}: what is kept as "after"`));
    await owner.query(`DELETE FROM audit_attachment WHERE seq = $1 AND tenant_id = $2`, [seq, tenant]);
    expect(await integrity.check(tenant)).toMatch(new RegExp(`^Broken at #${seq}: .* is not kept beside it`));
  });
});

it('what is noted is of mode 0600 and names no person', () => {
  const { path } = new HeadsFile(reeve.config.dataDir);
  expect(readFileSync(path, 'utf8')).not.toContain('@');
});
