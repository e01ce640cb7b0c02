/**
 * The steps of a lift, as it was settled when the stop was engaged: nothing that the person it binds can change in the
 * meantime is asked for here.
 */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row } from '@reeve/db';
import { COOL_DOWN_SECONDS, NEWCOMER_SECONDS, type LiftRule } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { DomainError } from '../infra/errors.js';
import type { LedgerTx } from '../ledger/changes.js';
import { Lifters } from './lifters.service.js';

export type LiftStep = 'propose' | 'lift';

@Injectable()
export class Lifting {
  constructor(private readonly lifters: Lifters) {}

  /**
   * The step that this actor's call is. Throws `forbidden` or, before a cool-down is over, `conflict` with the seconds
   * left.
   */
  async step(tx: LedgerTx, stop: Row, actor: AdminActor, now: Date): Promise<LiftStep> {
    const rule = stop.liftRule as LiftRule;
    if (rule === 'one') return 'lift';
    if (actor.kind !== 'member')
      throw new DomainError('forbidden', 'A person has to lift this; a key is none.');
    return rule === 'two' ? this.twoPeople(tx, stop, actor, now) : coolDown(stop, now);
  }

  private async twoPeople(tx: LedgerTx, stop: Row, actor: AdminActor, now: Date): Promise<LiftStep> {
    const counting = await this.lifters.counting(tx, stop, now);
    if (!counting.has(actor.id))
      throw new DomainError(
        'forbidden',
        `You could not lift this when it was engaged, or somebody has changed your membership since. You count as one of two people once that is ${NEWCOMER_SECONDS / 3600} hours ago.`,
      );
    // Whoever proposed and has left, or was changed since, proposed nothing.
    if (stop.liftProposedBy === null || !counting.has(stop.liftProposedBy)) return 'propose';
    if (stop.liftProposedBy === actor.id)
      throw new DomainError('forbidden', 'You proposed this lift. Somebody else has to confirm it.');
    return 'lift';
  }
}

/** The clock is the ledger's, and when it was asked for stands in the row: a new start of the program changes nothing. */
function coolDown({ liftProposedAt }: Row, now: Date): LiftStep {
  if (liftProposedAt === null) return 'propose';
  const endsAt = coolDownEnd(liftProposedAt);
  const remainingSeconds = Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  if (remainingSeconds <= 0) return 'lift';
  throw new DomainError('conflict', `This can be lifted in ${remainingSeconds} s, not before.`, {
    details: { remainingSeconds, liftableAt: endsAt.toISOString() },
  });
}

export const coolDownEnd = (proposedAt: Date): Date =>
  new Date(proposedAt.getTime() + COOL_DOWN_SECONDS * 1000);
