/**
 * Which values and series a tenant has. A value is let in or folded once and stays so; who finds a new one takes the
 * tenant's lock for it, so that no two processes let the last one in.
 */
import { Injectable } from '@nestjs/common';
import type { Contribution, Dimensions } from '@reeve/telemetry';
import type pg from 'pg';
import {
  BOUNDED,
  collapsed,
  DIMENSIONS,
  folded,
  FOLDED_MAX,
  OTHER,
  OTHER_USER,
  SERIES_MAX,
  seriesIdOf,
  USERS_MAX,
  valueOf,
  VALUES_MAX,
} from './dimensions.js';
import { namesOf, recordsetOf, rowsText } from './recordset.js';

/** Where a contribution is counted. */
export interface Place {
  readonly seriesId: string;
  readonly user: string | null;
}

export interface Placed {
  readonly places: readonly Place[];
  /** Once the transaction is durable: what it has learnt counts for the next. */
  readonly remember: () => void;
}

const TENANTS_MAX = 1_000;
const USER = 'user';

/** By `dimension value`: true is folded. */
interface Book {
  readonly values: Map<string, boolean>;
  readonly series: Set<string>;
}

const keyOf = (dimension: string, value: string): string => `${dimension} ${value}`;

@Injectable()
export class SeriesBook {
  private readonly books = new Map<string, Book>();

  async place(client: pg.PoolClient, tenantId: string, of: readonly Contribution[]): Promise<Placed> {
    const book = this.books.get(tenantId) ?? { values: new Map(), series: new Set() };
    const found = { values: new Map<string, boolean>(), series: new Set<string>() };
    const isFolded = (key: string) => book.values.get(key) ?? found.values.get(key);

    const unknown = valuesIn(of).filter(({ key }) => isFolded(key) === undefined);
    if (unknown.length > 0) await this.letIn(client, tenantId, unknown, found.values);

    const apart = of.map(({ dimensions }) =>
      folded(dimensions, (name, value) => (isFolded(keyOf(name, value)) === false ? value : OTHER)),
    );
    const ids = apart.map(seriesIdOf);
    const isKnown = (id: string) => book.series.has(id) || found.series.has(id);
    const news = new Map(apart.flatMap((each, i) => (isKnown(ids[i]!) ? [] : [[ids[i]!, each] as const])));
    if (news.size > 0) await this.open(client, tenantId, news, found.series);

    return {
      places: of.map(({ user }, i) => ({
        seriesId: isKnown(ids[i]!) ? ids[i]! : seriesIdOf(collapsed(apart[i]!)),
        user: user === null || isFolded(keyOf(USER, user)) === false ? user : OTHER_USER,
      })),
      remember: () => this.remember(tenantId, found),
    };
  }

  private async letIn(
    client: pg.PoolClient,
    tenantId: string,
    unknown: readonly { dimension: string; value: string; key: string }[],
    found: Map<string, boolean>,
  ): Promise<void> {
    await lock(client, tenantId);
    const there = await client.query<{ dimension: string; value: string; folded: boolean }>(
      `SELECT v.dimension, v.value, v.folded FROM dimension_value v
       JOIN ${recordsetOf({ dimension: 'text', value: 'text' })} USING (dimension, value) WHERE v.tenant_id = $2`,
      [rowsText(unknown), tenantId],
    );
    for (const { dimension, value, folded } of there.rows) found.set(keyOf(dimension, value), folded);
    const news = unknown.filter(({ key }) => !found.has(key));
    if (news.length === 0) return;
    const counts = await client.query<{ dimension: string; folded: boolean; n: number }>(
      `SELECT dimension, folded, count(*)::int AS n FROM dimension_value WHERE tenant_id = $1 GROUP BY 1, 2`,
      [tenantId],
    );
    const taken = new Map(
      counts.rows.map(({ dimension, folded, n }) => [keyOf(dimension, String(folded)), n]),
    );
    const rows = news.flatMap(({ dimension, value, key }) => {
      const place = (isFolded: boolean, max: number) => {
        const at = keyOf(dimension, String(isFolded));
        const n = taken.get(at) ?? 0;
        if (n < max) taken.set(at, n + 1);
        return n < max;
      };
      const isFolded = !place(false, dimension === USER ? USERS_MAX : VALUES_MAX);
      found.set(key, isFolded);
      return isFolded && !place(true, FOLDED_MAX) ? [] : [{ dimension, value, folded: isFolded }];
    });
    await client.query(
      `INSERT INTO dimension_value (tenant_id, dimension, value, folded)
       SELECT $2, dimension, value, folded FROM ${recordsetOf({ dimension: 'text', value: 'text', folded: 'boolean' })}
       ON CONFLICT DO NOTHING`,
      [rowsText(rows), tenantId],
    );
  }

  /** The series that there is no room for are not in `found` afterwards. */
  private async open(
    client: pg.PoolClient,
    tenantId: string,
    news: ReadonlyMap<string, Dimensions>,
    found: Set<string>,
  ): Promise<void> {
    await lock(client, tenantId);
    const there = await client.query<{ id: string }>(
      `SELECT id FROM series WHERE tenant_id = $1 AND id = ANY ($2::bigint[])`,
      [tenantId, [...news.keys()]],
    );
    for (const { id } of there.rows) found.add(id);
    const missing = [...news].filter(([id]) => !found.has(id));
    if (missing.length === 0) return;
    const count = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM series WHERE tenant_id = $1`,
      [tenantId],
    );
    const room = Math.max(0, SERIES_MAX - count.rows[0]!.n);
    const opened = missing.slice(0, room);
    for (const [id] of opened) found.add(id);
    const rest = missing
      .slice(room)
      .map(([, each]) => [seriesIdOf(collapsed(each)), collapsed(each)] as const);
    await client.query(
      `INSERT INTO series (tenant_id, id, ${namesOf(DIMENSIONS)})
       SELECT $2, id, ${namesOf(DIMENSIONS)} FROM ${recordsetOf(SERIES_COLUMNS)} ON CONFLICT DO NOTHING`,
      [rowsText([...opened, ...rest].map(([id, each]) => ({ id, ...each }))), tenantId],
    );
  }

  private remember(tenantId: string, { values, series }: Book): void {
    if (this.books.size >= TENANTS_MAX) this.books.clear();
    const book = this.books.get(tenantId) ?? {
      values: new Map<string, boolean>(),
      series: new Set<string>(),
    };
    this.books.set(tenantId, book);
    // What nobody has kept is not remembered for ever either.
    if (book.values.size > USERS_MAX + BOUNDED.length * (VALUES_MAX + FOLDED_MAX)) book.values.clear();
    for (const [key, isFolded] of values) book.values.set(key, isFolded);
    for (const id of series) book.series.add(id);
  }
}

const SERIES_COLUMNS: Readonly<Record<string, string>> = {
  id: 'bigint',
  ...Object.fromEntries(DIMENSIONS.map((name) => [name, 'text'])),
};

const lock = (client: pg.PoolClient, tenantId: string) =>
  client.query(`SELECT pg_advisory_xact_lock(hashtextextended('series ' || $1, 0))`, [tenantId]);

/** Each once, in one order: which of them are let in does not hang on the order they came in. */
function valuesIn(of: readonly Contribution[]): { dimension: string; value: string; key: string }[] {
  const values = new Map<string, { dimension: string; value: string; key: string }>();
  const note = (dimension: string, value: string | null) => {
    if (value === null) return;
    const key = keyOf(dimension, valueOf(value));
    values.set(key, { dimension, value: valueOf(value), key });
  };
  for (const { dimensions, user } of of) {
    for (const name of BOUNDED) note(name, dimensions[name]);
    note(USER, user);
  }
  return [...values.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
