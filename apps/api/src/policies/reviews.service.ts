/** Reviews of a publish before it is done: the same review that its answer holds. */
import { Injectable } from '@nestjs/common';
import {
  applyEdits,
  Between,
  diffPolicies,
  directionOf,
  effectsOf,
  effectWords,
  endingsOf,
  type PolicyChange,
  type PolicyDocument,
  type PolicyEdit,
} from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { BindingsRepository, type Bound } from './bindings.repository.js';
import { Edits } from './edits.js';
import { PoliciesService } from './policies.service.js';
import type { PolicyReview } from './policy-review.model.js';

const EFFECTS_MAX = 10_000;

@Injectable()
export class ReviewsService {
  constructor(
    private readonly policies: PoliciesService,
    private readonly bindings: BindingsRepository,
  ) {}

  /** Of edits to the current revision, or of rolling it back. */
  async review(
    tenant: TenantScope,
    edits: readonly unknown[] | null,
    toRevision: number | null,
  ): Promise<PolicyReview> {
    if ((edits === null) === (toRevision === null))
      throw new DomainError('invalid', 'give either edits or toRevision', { path: 'edits' });
    const { document: before } = await this.policies.get(tenant);
    const made: readonly PolicyEdit[] = edits === null ? [] : valid(Edits, edits, 'edits');
    const after =
      toRevision === null ? applyEdits(before, made) : (await this.policies.get(tenant, toRevision)).document;
    const bound = await this.bindings.bound(tenant.id, endingsOf(before, after, made));
    return reviewOf(before, after, diffPolicies(before, after), namedFor(tenant, bound));
  }
}

export function reviewOf(
  before: PolicyDocument,
  after: PolicyDocument,
  changes: readonly PolicyChange[],
  ended: readonly Bound[],
): PolicyReview {
  const between = new Between(before, after);
  const effects = effectsOf(before, after, changes);
  return {
    changes: changes.map((change) => ({ ...change, direction: directionOf(change, between) })),
    effects: effects
      .slice(0, EFFECTS_MAX)
      .map((effect) => ({ direction: effect.direction, ...effectWords(effect) })),
    effectCount: effects.length,
    ended,
  };
}

/** Names only for those who may read whom they name. */
export const namedFor = (tenant: Pick<TenantScope, 'id'> | TenantScope, bound: readonly Bound[]): Bound[] =>
  bound.map((one) => {
    const may =
      'ability' in tenant && tenant.ability.can('read', one.kind === 'assistant' ? 'ApiKey' : 'Subject');
    return may ? one : { ...one, holders: [] };
  });
