/**
 * The door through which panels count: one panel at a time of each who asks, so that no page, and nobody with many of
 * them, holds more than one connection while others wait for theirs.
 */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { identityOf, type AdminActor } from '../../auth/admin-actor.js';
import { Database, type Tx } from '../../infra/database.js';
import { DomainError } from '../../infra/errors.js';
import { FewAtATime } from '../../infra/few-at-a-time.js';
import type { Span } from './panel.js';

/** Of one actor, under way and waiting. */
export const PANELS_MAX = 100;

@Injectable()
export class Counting {
  private readonly actors = new FewAtATime({ atATime: 1, max: PANELS_MAX }, tooMany);

  constructor(private readonly database: Database) {}

  /** Throws `rate_limited` where too many of this actor's wait. */
  read<T>(actor: AdminActor, tenantIds: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.actors.run(identityOf(actor), () => this.database.read(tenantIds, work));
  }
}

const tooMany = () =>
  new DomainError('rate_limited', 'Too many counts of yours are waiting. Try again in a moment.', {
    details: { retryAfterSeconds: 1 },
  });

/** Records of a kind. */
export const within = (
  tenantIds: readonly string[],
  { from, to }: Span,
  kind: 'evaluation' | 'outcome' | 'change',
): Prisma.Sql =>
  Prisma.sql`tenant_id = ANY (${[...tenantIds]}::uuid[]) AND at >= ${from} AND at < ${to} AND kind = ${kind}`;
