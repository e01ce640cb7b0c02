/**
 * Bindings from outside the document to names in it: subjects by their roles and grants, agents' keys by their
 * assistants.
 */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import type { Endings } from '@reeve/policy';
import { Database, type Tx } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

/** Everybody who is bound to one name, the first of them by name. */
export interface Bound {
  readonly kind: 'role' | 'grant' | 'assistant';
  readonly name: string;
  readonly count: number;
  /** `type id` of subjects, names of keys. */
  readonly holders: readonly string[];
  /** The subjects' pseudonyms, as far as the ledger knows them. */
  readonly refs: readonly string[];
}

const HOLDERS_MAX = 100;
const REFS_MAX = 1_000;

@Injectable()
export class BindingsRepository {
  constructor(private readonly database: Database) {}

  bound(tenantId: string, endings: Endings): Promise<Bound[]> {
    return this.database.read(tenantId, (tx) => boundIn(tx, tenantId, endings));
  }

  /**
   * Ends them, and says which they were. A key without an assistant left is revoked: with none on its list it would
   * speak for all.
   */
  async end(tx: LedgerTx, tenantId: string, endings: Endings, now: Date): Promise<Bound[]> {
    const bound = await boundIn(tx, tenantId, endings);
    if (bound.length === 0) return bound;
    const roles = [...endings.roles];
    const tools = [...endings.tools];
    const assistants = [...endings.assistants];
    await tx.$executeRaw`
      UPDATE subject SET
        roles = ARRAY(SELECT r FROM unnest(roles) WITH ORDINALITY AS u(r, n) WHERE r <> ALL (${roles}::text[]) ORDER BY n),
        grants = (SELECT coalesce(jsonb_object_agg(g.key, g.value), '{}') FROM jsonb_each(grants) AS g
          WHERE NOT (g.key = ANY (${tools}::text[]) AND g.value = '"allow"')),
        version = version + 1, updated_at = ${now}::timestamptz
      WHERE tenant_id = ${tenantId}::uuid AND (roles && ${roles}::text[] OR EXISTS (
        SELECT FROM jsonb_each(grants) AS g WHERE g.key = ANY (${tools}::text[]) AND g.value = '"allow"'))`;
    await tx.$executeRaw`
      UPDATE api_key SET
        assistants = CASE WHEN assistants <@ ${assistants}::text[] THEN assistants
          ELSE ARRAY(SELECT a FROM unnest(assistants) WITH ORDINALITY AS u(a, n) WHERE a <> ALL (${assistants}::text[]) ORDER BY n) END,
        revoked_at = CASE WHEN assistants <@ ${assistants}::text[] THEN ${now}::timestamptz END,
        version = version + 1
      WHERE tenant_id = ${tenantId}::uuid AND kind = 'agent' AND revoked_at IS NULL AND assistants && ${assistants}::text[]`;
    return bound;
  }
}

const isEmpty = ({ roles, tools, assistants }: Endings): boolean =>
  roles.length + tools.length + assistants.length === 0;

async function boundIn(tx: Tx, tenantId: string, endings: Endings): Promise<Bound[]> {
  if (isEmpty(endings)) return [];
  const { roles, tools, assistants } = endings;
  return tx.$queryRaw<Bound[]>`
    WITH binding(kind, name, holder, type, id) AS (
      SELECT 'role', r, s.type || ' ' || s.id, s.type, s.id FROM subject s, unnest(s.roles) AS r
        WHERE s.tenant_id = ${tenantId}::uuid AND s.roles && ${[...roles]}::text[] AND r = ANY (${[...roles]}::text[])
      UNION ALL
      SELECT 'grant', g.key, s.type || ' ' || s.id, s.type, s.id FROM subject s, jsonb_each(s.grants) AS g
        WHERE s.tenant_id = ${tenantId}::uuid AND g.key = ANY (${[...tools]}::text[]) AND g.value = '"allow"'
      UNION ALL
      SELECT 'assistant', a, k.name, NULL, NULL FROM api_key k, unnest(k.assistants) AS a
        WHERE k.tenant_id = ${tenantId}::uuid AND k.kind = 'agent' AND k.revoked_at IS NULL AND a = ANY (${[...assistants]}::text[])
    )
    SELECT b.kind, b.name, count(*)::int AS count,
      (array_agg(b.holder ORDER BY b.holder))[1:${Prisma.raw(String(HOLDERS_MAX))}] AS holders,
      (array_remove(array_agg(k.ref::text ORDER BY k.ref), NULL))[1:${Prisma.raw(String(REFS_MAX))}] AS refs
    FROM binding b LEFT JOIN subject_key k ON k.tenant_id = ${tenantId}::uuid AND k.type = b.type AND k.id = b.id
    GROUP BY b.kind, b.name ORDER BY b.kind DESC, b.name`;
}
