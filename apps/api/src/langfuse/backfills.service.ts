/** Stretches of the past that a tenant wants from Langfuse as well: begun, held, given up. */
import { Injectable } from '@nestjs/common';
import type { LangfusePull } from '@reeve/db';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { Changes } from '../ledger/changes.js';
import { backfillOf } from './connection-state.js';
import { ConnectionsRepository } from './connections.repository.js';
import type { LangfuseBackfill } from './langfuse-connection.model.js';
import type { PullState } from './states.js';

const DAY_MS = 24 * 3_600_000;
/** No span is kept for longer. */
const DAYS_MAX = 400;

type Wanted = 'paused' | 'running' | 'cancelled';
const ACTIONS = {
  paused: 'langfuse.pause_backfill',
  running: 'langfuse.resume_backfill',
  cancelled: 'langfuse.cancel_backfill',
} as const satisfies Record<Wanted, string>;
/** What each can come after. One that failed goes on where it stands. */
const FROM: { readonly [wanted in Wanted]: readonly PullState[] } = {
  paused: ['running'],
  running: ['paused', 'failed'],
  cancelled: ['running', 'paused', 'failed'],
};

@Injectable()
export class Backfills {
  constructor(
    private readonly connections: ConnectionsRepository,
    private readonly changes: Changes,
  ) {}

  /** `to` null: until now. */
  start(
    actor: AdminActor,
    tenant: TenantScope,
    connectionId: string,
    { from, to }: { readonly from: Date; readonly to: Date | null },
    reason: string,
  ): Promise<LangfuseBackfill> {
    const change = { tenantId: tenant.id, action: 'langfuse.start_backfill', reason } as const;
    return this.changes.make(actor, change, async (tx, { now }) => {
      const key = { tenantId: tenant.id, id: connectionId };
      const connection = isUuid(connectionId) ? await this.connections.find(tx, key) : null;
      if (connection === null)
        throw new DomainError('not_found', 'There is no such connection.', { path: 'id' });
      const until = to ?? now;
      if (from >= until) throw new DomainError('invalid', 'ends before it begins', { path: 'from' });
      if (until > now) throw new DomainError('invalid', 'lies ahead', { path: 'to' });
      if (now.getTime() - from.getTime() > DAYS_MAX * DAY_MS)
        throw new DomainError('invalid', `at most ${DAYS_MAX} days ago: nothing older is kept`, {
          path: 'from',
        });
      if ((await this.connections.openBackfill(tx, key)) !== null)
        throw new DomainError('conflict', 'A backfill of this connection is under way.');
      const pull = await this.connections.createPull(tx, {
        tenantId: tenant.id,
        id: uuid(),
        connectionId,
        kind: 'backfill',
        from,
        to: until,
        createdAt: now,
      });
      return { ...named(pull), before: null, after: said(pull), result: backfillOf(pull) };
    });
  }

  set(
    actor: AdminActor,
    tenant: TenantScope,
    id: string,
    state: Wanted,
    reason: string,
  ): Promise<LangfuseBackfill> {
    const change = { tenantId: tenant.id, action: ACTIONS[state], reason } as const;
    return this.changes.make(actor, change, async (tx, { now }) => {
      const key = { tenantId: tenant.id, id };
      const pull = isUuid(id) ? await this.connections.findBackfill(tx, key) : null;
      if (pull === null) throw new DomainError('not_found', 'There is no such backfill.', { path: 'id' });
      if (!FROM[state].some((each) => each === pull.state))
        throw new DomainError('conflict', `The backfill is ${pull.state}.`);
      const connection = { tenantId: tenant.id, id: pull.connectionId };
      const open = state === 'running' ? await this.connections.openBackfill(tx, connection) : null;
      if (open !== null && open.id !== id)
        throw new DomainError('conflict', 'Another backfill of this connection is under way.');
      const changed = await this.connections.updatePull(tx, key, {
        state,
        ...(state === 'cancelled' ? { finishedAt: now } : {}),
        ...(state === 'running' ? { attempts: 0, error: null, resumeAt: null, finishedAt: null } : {}),
      });
      return { ...named(pull), before: said(pull), after: said(changed), result: backfillOf(changed) };
    });
  }
}

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;
const named = ({ connectionId }: LangfusePull) => ({ target: `langfuse:${connectionId}` });
const said = ({ from, to, state }: LangfusePull) => ({
  from: from.toISOString(),
  to: to.toISOString(),
  state,
});
