/**
 * The progress of pulls. Whoever holds the lease of a row works on it, and every step is written to the row under that
 * lease: who lost it (was too slow, or was thought dead) writes nothing any more.
 */
import { Injectable } from '@nestjs/common';
import { Prisma, type LangfuseConnection, type LangfusePull } from '@reeve/db';
import { v7 as uuid } from 'uuid';
import { Database } from '../infra/database.js';
import type { Window } from './langfuse-api.js';

/** Longer than the slowest page takes. */
const LEASE_MS = 5 * 60_000;

export interface Leased {
  readonly pull: LangfusePull;
  readonly connection: LangfuseConnection;
}

/** Counts of a page, for the pull and for its connection. */
export interface Counts {
  readonly rows: number;
  readonly rejected: number;
  readonly scores: number;
}

export interface Step extends Counts {
  readonly part: string;
  readonly cursor: string | null;
  readonly reached: Date | null;
}

@Injectable()
export class PullsRepository {
  constructor(private readonly database: Database) {}

  private async tenantIds(): Promise<string[]> {
    return (await this.database.app.tenant.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  /** Connections whose next window is due and that have none open. */
  async due(now: Date): Promise<LangfuseConnection[]> {
    const tenantIds = await this.tenantIds();
    if (tenantIds.length === 0) return [];
    return this.database.read(tenantIds, (tx) =>
      tx.langfuseConnection.findMany({ where: { paused: false, stopped: null, nextPullAt: { lte: now } } }),
    );
  }

  /** Nothing where another process has opened one. */
  async open({ tenantId, id }: LangfuseConnection, { from, to }: Window, now: Date): Promise<void> {
    await this.database.note(
      tenantId,
      (tx) => tx.$executeRaw`
        INSERT INTO langfuse_pull (tenant_id, id, connection_id, kind, from_at, to_at, created_at)
        VALUES (${tenantId}::uuid, ${uuid()}::uuid, ${id}::uuid, 'window', ${from}, ${to}, ${now})
        ON CONFLICT DO NOTHING`,
    );
  }

  /** Pulls that somebody could work on now, who was worked on longest ago first. */
  async waiting(now: Date): Promise<readonly { readonly tenantId: string; readonly id: string }[]> {
    const tenantIds = await this.tenantIds();
    if (tenantIds.length === 0) return [];
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<{ tenantId: string; id: string }[]>`
        SELECT p.tenant_id AS "tenantId", p.id FROM langfuse_pull p
        JOIN langfuse_connection c ON c.tenant_id = p.tenant_id AND c.id = p.connection_id
        WHERE p.state = 'running' AND NOT c.paused AND c.stopped IS NULL
          AND coalesce(p.resume_at, '-infinity') <= ${now} AND coalesce(p.leased_until, '-infinity') <= ${now}
        ORDER BY p.worked_at NULLS FIRST, p.id LIMIT 1000`,
    );
  }

  /** null: somebody else has it, or it is not to be worked on any more. */
  async lease(tenantId: string, id: string, now: Date): Promise<Leased | null> {
    const lease = uuid();
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    return this.database.note(tenantId, async (tx) => {
      const taken = await tx.$executeRaw`
        UPDATE langfuse_pull SET lease = ${lease}::uuid, leased_until = ${leasedUntil}, worked_at = ${now}
        WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND state = 'running'
          AND coalesce(resume_at, '-infinity') <= ${now} AND coalesce(leased_until, '-infinity') <= ${now}`;
      if (taken === 0) return null;
      const pull = await tx.langfusePull.findUnique({ where: { tenantId_id: { tenantId, id } } });
      if (pull === null) return null;
      const connection = await tx.langfuseConnection.findUnique({
        where: { tenantId_id: { tenantId, id: pull.connectionId } },
      });
      return connection === null ? null : { pull, connection };
    });
  }

  /** Notes what the server was found to be. */
  async found(
    { tenantId, id }: LangfuseConnection,
    data: Pick<LangfuseConnection, 'generation' | 'projectId' | 'projectName'>,
  ): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.langfuseConnection.updateMany({ where: { tenantId, id }, data }),
    );
  }

  /** The pull after a page; null: it is not to be gone on with, or not by this process. */
  async step(
    { pull }: Leased,
    { part, cursor, reached, ...counts }: Step,
    now: Date,
  ): Promise<Leased | null> {
    const { tenantId } = pull;
    return this.database.note(tenantId, async (tx) => {
      const { count } = await tx.langfusePull.updateMany({
        where: { tenantId, id: pull.id, lease: pull.lease },
        data: {
          part,
          cursor,
          reached,
          pages: { increment: 1 },
          ...added(counts),
          attempts: 0,
          error: null,
          resumeAt: null,
          leasedUntil: new Date(now.getTime() + LEASE_MS),
        },
      });
      if (count === 0) return null;
      await tx.langfuseConnection.updateMany({
        where: { tenantId, id: pull.connectionId },
        data: added(counts),
      });
      return goesOn(tx, pull);
    });
  }

  /** Nobody's any more, for whoever comes next. */
  async release({ pull: { tenantId, id, lease } }: Leased): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.langfusePull.updateMany({
        where: { tenantId, id, lease },
        data: { lease: null, leasedUntil: null },
      }),
    );
  }

  /** To be tried again. `anew`: from its first page, of a server that is to be looked at again. */
  async putOff(
    { pull: { tenantId, id, lease, connectionId } }: Leased,
    {
      resumeAt,
      error,
      isTold,
      anew,
    }: {
      readonly resumeAt: Date;
      readonly error: string;
      /** A wait that the server asked for is nothing that went wrong. */
      readonly isTold: boolean;
      readonly anew: boolean;
    },
  ): Promise<void> {
    await this.database.note(tenantId, async (tx) => {
      const { count } = await tx.langfusePull.updateMany({
        where: { tenantId, id, lease },
        data: {
          lease: null,
          leasedUntil: null,
          resumeAt,
          error,
          ...(isTold ? {} : { attempts: { increment: 1 } }),
          ...(anew ? { part: 'observations', cursor: null, reached: null, rows: 0, pages: 0 } : {}),
        },
      });
      if (count === 0 || isTold) return;
      await tx.langfuseConnection.updateMany({
        where: { tenantId, id: connectionId },
        data: { error, ...(anew ? { generation: null } : {}) },
      });
    });
  }

  /** The connection asks nothing any more, and its pulls wait. */
  async stop({ pull: { tenantId, id, lease, connectionId } }: Leased, why: string): Promise<void> {
    await this.database.note(tenantId, async (tx) => {
      const { count } = await tx.langfusePull.updateMany({
        where: { tenantId, id, lease },
        data: { lease: null, leasedUntil: null },
      });
      if (count === 0) return;
      await tx.langfuseConnection.updateMany({
        where: { tenantId, id: connectionId },
        data: { stopped: why, error: why },
      });
    });
  }

  /** What was a window goes: its connection has what there is to say of it. */
  async finish(
    { pull: { tenantId, id, lease, connectionId, kind, to } }: Leased,
    outcome: { readonly error: string | null; readonly now: Date; readonly nextPullAt: Date },
  ): Promise<void> {
    const { error, now, nextPullAt } = outcome;
    await this.database.note(tenantId, async (tx) => {
      const where = { tenantId, id, lease };
      const { count } =
        kind === 'window'
          ? await tx.langfusePull.deleteMany({ where })
          : await tx.langfusePull.updateMany({
              where: { ...where, state: 'running' },
              data: {
                state: error === null ? 'done' : 'failed',
                error,
                finishedAt: now,
                lease: null,
                leasedUntil: null,
              },
            });
      if (count === 0) return;
      const pulled = kind === 'window' ? { pulledAt: now, nextPullAt } : {};
      await tx.langfuseConnection.updateMany({
        where: { tenantId, id: connectionId },
        data:
          error === null
            ? { ...pulled, ...(kind === 'window' ? { watermark: to } : {}), error: null }
            : { error, ...(kind === 'window' ? { nextPullAt } : {}) },
      });
    });
  }
}

const added = ({ rows, rejected, scores }: Counts) => ({
  rows: { increment: rows },
  rejected: { increment: rejected },
  scores: { increment: scores },
});

/** As it is now, unless somebody has stopped or paused it. */
async function goesOn(tx: Prisma.TransactionClient, { tenantId, id }: LangfusePull): Promise<Leased | null> {
  const pull = await tx.langfusePull.findUnique({
    where: { tenantId_id: { tenantId, id }, state: 'running' },
  });
  if (pull === null) return null;
  const connection = await tx.langfuseConnection.findUnique({
    where: { tenantId_id: { tenantId, id: pull.connectionId }, paused: false, stopped: null },
  });
  return connection === null ? null : { pull, connection };
}
