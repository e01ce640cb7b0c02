/**
 * Objects by name, in one statement. What is in the policy is read from its one row; subjects and runs, of which there
 * may be any number, by a prefix index, and elsewhere in the name among a bounded many.
 */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { KINDS, NAMED_KINDS, type NamedKind } from '@reeve/policy';
import { Database } from '../infra/database.js';
import { likeText } from '../infra/like.js';
import type { SearchHit, SearchKind } from './search.model.js';

/** The number of subjects that are looked into for a text that no name begins with. */
const LOOKED_INTO = 20_000;
/** Beyond every text that begins alike. */
const LAST = '\u{10FFFF}';
/** Of a run or an evaluation: fewer characters would name too many. */
const ID_MIN = 6;

@Injectable()
export class SearchReadModel {
  constructor(private readonly database: Database) {}

  /** Exact names, then those that begin with the text, then with a word of theirs, then those that contain it. */
  find(tenantId: string, text: string, kinds: ReadonlySet<SearchKind>, first: number): Promise<SearchHit[]> {
    const sources = Object.entries(SOURCES)
      .filter(([kind]) => kinds.has(kind as SearchKind))
      .map(([, source]) => source(tenantId, text));
    if (sources.length === 0) return Promise.resolve([]);
    const like = likeText(text);
    return this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<SearchHit[]>`
        SELECT kind, id, name, detail FROM (
          SELECT *, CASE
            WHEN lower(name) = lower(${text}::text) OR lower(id) = lower(${text}::text) THEN 0
            WHEN name ILIKE ${`${like}%`} THEN 1
            WHEN translate(name, '_-./:@', '      ') ILIKE ${`% ${spaced(like)}%`} THEN 2
            WHEN name ILIKE ${`%${like}%`} OR translate(name, '_-./:@', '      ') ILIKE ${`%${spaced(like)}%`} OR id ILIKE ${`${like}%`} THEN 3 END AS rank
          FROM (${Prisma.join(sources, ' UNION ALL ')}) named) ranked
        WHERE rank IS NOT NULL ORDER BY rank, length(name), name, place, id LIMIT ${first}`,
    );
  }
}

type Source = (tenantId: string, text: string) => Prisma.Sql;

function ofPolicy(kind: NamedKind, place: number): Source {
  const { member, apart } = KINDS[kind];
  const detail = Prisma.join(apart.map((one) => Prisma.sql`nullif(value->>${one}::text, '')`));
  return (tenantId) => Prisma.sql`
    SELECT ${kind}::text AS kind, key AS id, key AS name, coalesce(${detail}) AS detail, ${place}::int AS place
    FROM policy_revision p
    JOIN ledger_head h ON h.tenant_id = p.tenant_id AND h.policy_revision = p.revision,
    jsonb_each(p.document->${member}::text)
    WHERE p.tenant_id = ${tenantId}::uuid`;
}

const OF_POLICY = Object.fromEntries(NAMED_KINDS.map((kind, place) => [kind, ofPolicy(kind, place)])) as {
  readonly [kind in NamedKind]: Source;
};

const SOURCES: { readonly [kind in SearchKind]: Source } = {
  ...OF_POLICY,
  member: (tenantId) => Prisma.sql`
    SELECT 'member', id::text, name, array_to_string(roles, ', '), 6
    FROM membership WHERE tenant_id = ${tenantId}::uuid AND removed_at IS NULL`,
  api_key: (tenantId) => Prisma.sql`
    SELECT 'api_key', id::text, name, CASE WHEN revoked_at IS NULL THEN kind ELSE 'revoked' END, 7
    FROM api_key WHERE tenant_id = ${tenantId}::uuid`,
  subject: (tenantId, text) => Prisma.sql`
    SELECT 'subject', id, id, type, 8 FROM (
      (SELECT id, type FROM subject WHERE tenant_id = ${tenantId}::uuid
         AND lower(id) ~>=~ lower(${text}::text) AND lower(id) ~<~ (lower(${text}::text) || ${LAST}::text) LIMIT 50)
      UNION
      (SELECT id, type FROM (SELECT id, type FROM subject WHERE tenant_id = ${tenantId}::uuid LIMIT ${LOOKED_INTO}) few
         WHERE id ILIKE ${`%${likeText(text)}%`} LIMIT 50)) subjects`,
  run: (tenantId, text) => Prisma.sql`
    SELECT DISTINCT 'run', run_id, run_id, NULL::text, 9 FROM (
      SELECT run_id FROM evidence WHERE tenant_id = ${tenantId}::uuid AND run_id IS NOT NULL
        AND run_id ~>=~ ${text}::text AND run_id ~<~ ${text + LAST}::text LIMIT ${text.length < ID_MIN ? 0 : 200}) runs`,
  evaluation: (tenantId, text) => {
    const [least, most] = uuidsOf(text);
    return Prisma.sql`
      (SELECT 'evaluation', id::text, id::text, target, 10 FROM audit_record
       WHERE tenant_id = ${tenantId}::uuid AND kind = 'evaluation'
         AND id >= ${least}::uuid AND id <= ${most}::uuid LIMIT ${least === null ? 0 : 10})`;
  },
  revision: (tenantId, text) => {
    const number = /^(?:v|r|rev|revision)? ?(\d{1,9})$/i.exec(text)?.[1];
    return Prisma.sql`
      SELECT 'revision', revision::text, ${text}::text, left(reason, 80), 11
      FROM policy_revision WHERE tenant_id = ${tenantId}::uuid AND revision = ${number === undefined ? -1 : Number(number)}`;
  },
};

/** The first and the last UUID that begin with the text; null where it is no beginning of one. */
function uuidsOf(text: string): [string | null, string | null] {
  const hex = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{6,32}$/.test(hex)) return [null, null];
  return [hex.padEnd(32, '0'), hex.padEnd(32, 'f')];
}

const spaced = (text: string): string => text.replaceAll(/[_\-./:@]/g, ' ').replaceAll('\\ ', ' ');
