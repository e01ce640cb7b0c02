// Speed is never bought with a wrong proof: the whole chain of the bench's tenant, signatures included, against its head.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ownPackage } from './own-packages.mjs';

const PAGE = 5_000;

/** Throws when the chain is broken, when it is not whole, or when it has fewer records than answers were given. */
export async function verifyLedger({ databaseUrl, dataDir, tenant, answered }) {
  const audit = await ownPackage('audit');
  const masters = audit.parseKeyring(readFileSync(join(dataDir, 'audit-keyring.json'), 'utf8'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select id from tenant where slug = $1', [tenant]);
    const [{ id }] = rows;
    const keys = audit.deriveTenantKeys(masters, id);
    const head = (await client.query('select seq::int, hash from ledger_head where tenant_id = $1', [id]))
      .rows[0];
    let state = audit.startOfChain(id);
    while (state.seq < head.seq) {
      const page = await client.query(
        `select payload, hash, hmac, key_id as key from audit_record
          where tenant_id = $1 and seq > $2 order by seq limit ${PAGE}`,
        [id, state.seq],
      );
      const step = audit.verifyChain(state, page.rows, keys);
      if (step.fault) throw new Error(`the ledger is broken: ${JSON.stringify(step.fault)}`);
      if (page.rows.length === 0)
        throw new Error(`the ledger ends at ${state.seq}, its head is at ${head.seq}`);
      state = step.state;
    }
    if (state.hash !== head.hash) throw new Error('the last record is not the head of the ledger');
    const kinds = await client.query(
      `select count(*)::int as evaluations from audit_record where tenant_id = $1 and kind = 'evaluation'`,
      [id],
    );
    if (kinds.rows[0].evaluations < answered)
      throw new Error(
        `${answered} answers were given, the ledger holds ${kinds.rows[0].evaluations} evaluations`,
      );
    return { records: state.seq, evaluations: kinds.rows[0].evaluations };
  } finally {
    await client.end();
  }
}
