/**
 * People who could lift a stop, and who of them is one of two. A person counts who could lift it when it was engaged
 * and whom nobody has changed since: else the first person would make the second.
 */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row } from '@reeve/db';
import {
  abilityFor,
  liftRuleFor,
  NEWCOMER_SECONDS,
  type AdminRole,
  type KillScope,
  type LiftRule,
} from '@reeve/policy';
import type { LedgerTx } from '../ledger/changes.js';
import { LiftersRepository, type Person } from './lifters.repository.js';

/** The rule by which a stop will be lifted. */
export interface Settled {
  readonly rule: LiftRule;
  readonly lifters: readonly Person[];
}

@Injectable()
export class Lifters {
  constructor(private readonly people: LiftersRepository) {}

  /** `tenantId`: whose stop it is, the platform for one of every tenant. */
  async settle(tenantId: string, scope: KillScope, tenantWantsTwo: boolean, tx?: LedgerTx): Promise<Settled> {
    const lifters = await this.able(tenantId, scope, tx);
    return { rule: liftRuleFor(scope, tenantWantsTwo, lifters.length), lifters };
  }

  /**
   * The ids of those who count as one of two at `now`. Who came or was changed after the stop counts a day later, if
   * nobody changed them again: or else a stop whose second person is gone could never be lifted.
   */
  async counting(tx: LedgerTx, stop: Row, now: Date): Promise<Set<string>> {
    const able = await this.able(stop.tenantId, stop.scope as KillScope, tx);
    const dayAgo = new Date(now.getTime() - NEWCOMER_SECONDS * 1000);
    const settled = new Set(stop.lifters);
    const changed = await this.people.changedByOthers(
      tx,
      stop.tenantId,
      able.map(({ id }) => id),
      stop.settledAt < dayAgo ? stop.settledAt : dayAgo,
    );
    const counts = ({ id }: Person): boolean => {
      const at = changed.get(id);
      if (settled.has(id) && (at === undefined || at <= stop.settledAt)) return true;
      return stop.settledAt <= dayAgo && (at === undefined || at <= dayAgo);
    };
    return new Set(able.filter(counts).map(({ id }) => id));
  }

  private async able(tenantId: string, scope: KillScope, tx?: LedgerTx): Promise<Person[]> {
    const resource = scope === 'global' ? 'GlobalKillSwitch' : 'KillSwitch';
    return (await this.people.people(tenantId, tx)).filter(({ platformAdmin, roles }) =>
      abilityFor({ platformAdmin, roles: roles as AdminRole[] }).can('lift', resource),
    );
  }
}
