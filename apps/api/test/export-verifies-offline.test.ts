/** What an auditor takes home verifies with nothing but the file and a key, and no longer once anybody touched it. */
import { type Verdict, verifyExport } from '@reeve/audit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Keyring } from '../src/ledger/keyring.js';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let tenant: string;
let auditor: Credential;

beforeAll(async () => {
  reeve = await startApp();
  tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  auditor = await reeve.addMember(tenant, 'auditor@alpha.test', ['auditor']);
  for (let revision = 1; revision < 6; revision += 1) {
    const effect = revision % 2 ? ('deny' as const) : ('approve' as const);
    await reeve.publish(
      tenant,
      [{ kind: 'cell', role: 'customer', tool: 'refund', value: { effect } }],
      revision,
    );
  }
});
afterAll(() => reeve.close());

const take = (query = '') =>
  reeve.inject({
    method: 'GET',
    url: `/v1/audit/export?tenant=alpha${query}`,
    headers: { cookie: auditor.cookie! },
  });
async function* each(lines: readonly string[]) {
  for (const line of lines) yield await Promise.resolve(line);
}
const verify = (
  lines: readonly string[],
  keys = reeve.app.get(Keyring).tenantKeys(tenant),
): Promise<Verdict> => verifyExport(each(lines), keys);
const linesOf = (body: string) => body.split(/(?<=\n)/);

describe('a whole export', () => {
  it('verifies, signatures and all, and says where the chain stood', async () => {
    const answer = await take();
    expect(answer.headers['content-type']).toMatch(/^application\/x-ndjson/);
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="reeve-alpha-1-\d+\.ndjson"/,
    );
    const lines = linesOf(answer.body);
    expect(await verify(lines)).toMatchObject({
      verdict: 'verified',
      scope: 'range',
      from: 1,
      count: lines.length - 1,
    });
  });

  it('is itself recorded, with who and what', async () => {
    const { body } = await take('&reason=Yearly+audit+of+2026');
    const last = linesOf((await take()).body).at(-1)!;
    expect((JSON.parse(last) as { payload: string }).payload).toContain('Yearly audit of 2026');
    expect(last).toContain(`audit:1-${linesOf(body).length - 1}`);
  });

  it('shows each kind of tampering, and where', async () => {
    const lines = linesOf((await take()).body);
    const at = 4;
    const edited = lines.with(at, lines[at]!.replace('because', 'BECAUSE'));
    expect(await verify(edited)).toMatchObject({ verdict: 'broken', seq: at });
    expect(await verify(lines.toSpliced(at, 1))).toMatchObject({ verdict: 'broken', what: 'seq', seq: at });
    expect(await verify(lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!))).toMatchObject({
      verdict: 'broken',
      seq: at,
    });
    expect(await verify(lines.toSpliced(at, 0, lines[at]!))).toMatchObject({ verdict: 'broken' });
    expect(await verify(lines.slice(0, -3))).toMatchObject({ verdict: 'incomplete', missing: 3 });
    expect(await verify(lines.slice(1))).toMatchObject({ verdict: 'incomplete', lacks: 'manifest' });
    const strangers = { tenant, keys: new Map([['k9', new Uint8Array(32)]]) };
    expect(await verify(lines, strangers)).toMatchObject({ verdict: 'unknown_key' });
  });
});

describe('a part', () => {
  it('of the time or the order is a range that verifies', async () => {
    const all = linesOf((await take()).body).length - 1;
    const part = linesOf((await take('&fromSeq=3&toSeq=6')).body);
    expect(await verify(part)).toMatchObject({
      verdict: 'verified',
      scope: 'range',
      from: 3,
      to: 6,
      count: 4,
    });
    const none = linesOf((await take('&from=2099-01-01T00:00:00Z')).body);
    expect(await verify(none)).toMatchObject({ verdict: 'verified', count: 0 });
    const future = linesOf((await take('&from=2001-01-01T00:00:00Z&to=2099-01-01T00:00:00Z')).body);
    expect(await verify(future)).toMatchObject({ verdict: 'verified', scope: 'range' });
    expect(future.length).toBeGreaterThan(all);
  });

  it('by filter verifies row by row and claims no completeness', async () => {
    const lines = linesOf((await take('&action=policy.publish')).body);
    expect(await verify(lines)).toMatchObject({ verdict: 'verified', scope: 'rows', count: 6 });
    expect(await verify(lines.with(2, lines[2]!.replace('because', 'BECAUSE')))).toMatchObject({
      verdict: 'broken',
    });
  });

  it.each([
    ['kind=change', `kind = 'change'`],
    ['kind=evaluation&kind=outcome', `kind IN ('evaluation', 'outcome')`],
    ['action=policy.publish&action=audit.export', `action IN ('policy.publish', 'audit.export')`],
    ['target=policy:2', `target = 'policy:2'`],
    ['effect=deny', `effect = 'deny'`],
    ['reasonCode=quota_exceeded', `reason = 'quota_exceeded'`],
    ['actorId=nobody', `actor_id = 'nobody'`],
    ['text=PUBLISH', `action ILIKE '%publish%'`],
    ['text=%25', `false`],
    ['action=policy.publish&fromSeq=4&toSeq=6', `action = 'policy.publish' AND seq BETWEEN 4 AND 6`],
    ['kind=change&to=2001-01-01T00:00:00Z', `at < '2001-01-01'`],
  ])('by %s is those records and no others', async (query, where) => {
    const owner = new pg.Client({ connectionString: reeve.database.url });
    await owner.connect();
    await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenant]);
    const { rows } = await owner.query<{ seq: string }>(
      `SELECT seq FROM audit_record WHERE tenant_id = $1 AND ${where} ORDER BY seq`,
      [tenant],
    );
    await owner.end();
    const [, ...lines] = (await take(`&format=csv&${query}`)).body.trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(rows.map(({ seq }) => seq));
  });

  it('as CSV keeps spreadsheets from running cells', async () => {
    const answer = await take('&format=csv&reason=%3DHYPERLINK("http://x")');
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    const { body } = await take('&format=csv');
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(body.split('\r\n')[0]).toBe(
      'seq,at,kind,actorId,action,target,effect,reason,assistant,runId,id,hash,hmac,keyId',
    );
  });

  it('is refused when it is asked for wrongly', async () => {
    for (const query of [
      '&bogus=1',
      '&from=yesterday',
      '&fromSeq=-1',
      '&format=xml',
      '&from=2026-01-01T00:00:00Z&fromSeq=1',
      '&kind=everything',
    ]) {
      const answer = await take(query);
      expect(answer.statusCode, query).toBe(422);
      expect(answer.json<{ errors: unknown[] }>().errors).toHaveLength(1);
    }
  });
});
