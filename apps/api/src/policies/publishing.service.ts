/** Changes of a policy: whole new revisions, each with its reason, its record and its way back. */
import { Injectable } from '@nestjs/common';
import {
  applyEdits,
  diffPolicies,
  EMPTY_POLICY,
  endingsOf,
  type Json,
  type JsonObject,
  type PolicyChange,
  type PolicyDocument,
  type PolicyEdit,
} from '@reeve/policy';
import { ActorNames } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { FewAtATime } from '../infra/few-at-a-time.js';
import { valid } from '../infra/valid.js';
import { StopsInForce } from '../stops-in-force/stops-in-force.service.js';
import type { Actor } from '../ledger/actor.js';
import { Changes, type Changed, type LedgerTx, type Place } from '../ledger/changes.js';
import { BindingsRepository, type Bound } from './bindings.repository.js';
import { Edits } from './edits.js';
import { asModel, digestOf } from './policies.service.js';
import { PoliciesRepository, type RevisionRow } from './policies.repository.js';
import { PolicyCheckerService } from './policy-checker.service.js';
import type { PublishedPolicy } from './policy-review.model.js';
import { namedFor, reviewOf } from './reviews.service.js';

/** The tenant a publish goes to: enough of a scope for the seed, which has none. */
type In = Pick<TenantScope, 'id'> | TenantScope;

/** Of one tenant, under way and waiting: each holds whole documents, and a check's turn. */
export const PUBLICATIONS_MAX = 8;

@Injectable()
export class PublishingService {
  private readonly tenants = new FewAtATime({ atATime: 1, max: PUBLICATIONS_MAX }, tooMany);

  constructor(
    private readonly policies: PoliciesRepository,
    private readonly bindings: BindingsRepository,
    private readonly changes: Changes,
    private readonly names: ActorNames,
    private readonly stops: StopsInForce,
    private readonly checker: PolicyCheckerService,
  ) {}

  /** Uses the member's draft up. Throws `conflict`, naming who moved it, when the current revision is not `expectedRevision`. */
  async publish(
    actor: Actor,
    tenant: In,
    edits: readonly unknown[],
    expectedRevision: number,
    reason: string,
  ): Promise<PublishedPolicy> {
    const changes = valid(Edits, edits, 'edits');
    if (changes.length === 0)
      throw new DomainError('invalid', 'there is nothing to publish', { path: 'edits' });
    const written = await this.tenants.run(tenant.id, async () => {
      const base = await this.expected(await this.policies.find(tenant.id), tenant, expectedRevision);
      const document = applyEdits(base?.document ?? EMPTY_POLICY, changes);
      await this.refuseNonsense(document);
      const digest = digestOf(document);
      return this.changes.make(
        actor,
        { tenantId: tenant.id, action: 'policy.publish', reason },
        async (tx, at) => {
          // The revision that was checked, or a conflict: a revision never changes.
          const current = await this.current(tx, tenant, expectedRevision);
          return this.write(tx, at, {
            actor,
            tenant,
            current,
            document,
            digest,
            edits: changes,
            again: null,
            reason,
          });
        },
      );
    });
    if (actor.kind === 'member')
      await this.policies.discardDraft({ tenantId: tenant.id, memberId: actor.id });
    return published(actor, tenant, written);
  }

  /** Publishes the content of an earlier revision as a new one: history is never rewritten. */
  async rollback(
    actor: Actor,
    tenant: In,
    toRevision: number,
    expectedRevision: number,
    reason: string,
  ): Promise<PublishedPolicy> {
    const written = await this.tenants.run(tenant.id, async () => {
      await this.expected(await this.policies.find(tenant.id), tenant, expectedRevision);
      const target = await this.policies.find(tenant.id, toRevision);
      if (target === null)
        throw new DomainError('not_found', `There is no revision ${toRevision}.`, { path: 'toRevision' });
      const { document, digest } = target;
      await this.refuseNonsense(document);
      return this.changes.make(
        actor,
        { tenantId: tenant.id, action: 'policy.rollback', reason },
        async (tx, at) => {
          const current = await this.current(tx, tenant, expectedRevision);
          return this.write(tx, at, {
            actor,
            tenant,
            current,
            document,
            digest,
            edits: [],
            again: toRevision,
            reason,
          });
        },
      );
    });
    return published(actor, tenant, written);
  }

  private async current(tx: LedgerTx, tenant: In, expectedRevision: number): Promise<RevisionRow | null> {
    return this.expected(await this.policies.current(tx, tenant.id), tenant, expectedRevision);
  }

  private async expected(
    current: RevisionRow | null,
    tenant: In,
    expectedRevision: number,
  ): Promise<RevisionRow | null> {
    const currentRevision = current?.revision ?? 0;
    if (currentRevision === expectedRevision) return current;
    const nameOf = await this.names.of([tenant.id], [current?.publishedBy]);
    const publishedBy = current === null ? null : nameOf(current.publishedBy);
    throw new DomainError(
      'conflict',
      `Revision ${currentRevision} is current, not ${expectedRevision}${publishedBy === null ? '' : `: ${publishedBy} published it`}.`,
      {
        details: {
          expectedRevision,
          currentRevision,
          publishedBy,
          publishedAt: current?.publishedAt.toISOString() ?? null,
          reason: current?.reason ?? null,
        },
      },
    );
  }

  /** A document with a finding is not published; a path names a place in the document that the edits would make. */
  private async refuseNonsense(document: PolicyDocument): Promise<void> {
    const problems = await this.checker.problemsOf(document);
    const [first] = problems;
    if (first !== undefined)
      throw new DomainError('invalid', `${first.path}: ${first.message}`, {
        problems: problems.slice(0, 100),
      });
  }

  /** The revision, and the end of every binding to a name that does not mean any more what it meant. */
  private async write(
    tx: LedgerTx,
    at: Place,
    { actor, tenant, current, document, digest, edits, again, reason }: Publication,
  ): Promise<Changed<Written>> {
    const before = current?.document ?? EMPTY_POLICY;
    const endings = endingsOf(before, document, edits);
    const changes = diffPolicies(before, document);
    if (changes.length === 0)
      throw new DomainError('invalid', 'these edits change nothing', { path: 'edits' });
    const row: RevisionRow = {
      tenantId: tenant.id,
      revision: (current?.revision ?? 0) + 1,
      document,
      digest,
      reason: reason.trim(),
      publishedBy: actor.id,
      publishedAt: at.now,
    };
    await this.policies.publish(tx, row, again);
    const ended = await this.bindings.end(tx, tenant.id, endings, at.now);
    await this.stops.requireKept(tx, tenant.id, before, document);
    return {
      target: `policy:${row.revision}`,
      before: recorded(current?.revision ?? 0, current?.digest ?? digestOf(EMPTY_POLICY), changes, 'before'),
      after: { ...recorded(row.revision, row.digest, changes, 'after'), ...endedIn(ended) },
      result: { row, before, changes, ended },
    };
  }
}

interface Written {
  readonly row: RevisionRow;
  readonly before: PolicyDocument;
  readonly changes: readonly PolicyChange[];
  readonly ended: readonly Bound[];
}

const tooMany = () =>
  new DomainError(
    'rate_limited',
    'Too many policies of this tenant are being published. Try again in a moment.',
    {
      details: { retryAfterSeconds: 5 },
    },
  );

/** The answer of a publish, in full. Outside the order: the tenant's decisions do not wait for it. */
const published = ({ name }: Actor, tenant: In, { row, before, changes, ended }: Written): PublishedPolicy =>
  Object.assign(asModel({ ...row, publishedBy: name }), {
    review: reviewOf(before, row.document, changes, namedFor(tenant, ended)),
  });

interface Publication {
  readonly actor: Actor;
  readonly tenant: In;
  readonly current: RevisionRow | null;
  readonly document: PolicyDocument;
  /** Megabytes take a while: not under the lock. */
  readonly digest: string;
  readonly edits: readonly PolicyEdit[];
  /** The revision whose document it is, in a rollback. */
  readonly again: number | null;
  readonly reason: string;
}

/** Bindings that ended, and how many; subjects by their pseudonyms. */
const endedIn = (ended: readonly Bound[]): JsonObject =>
  ended.length === 0
    ? {}
    : { ended: ended.map(({ kind, name, count, refs }) => ({ kind, name, count, subjects: refs })) };

/** The revision, and of what differs this side of it: a record says all that a reviewer read. */
function recorded(
  revision: number,
  digest: string,
  changes: readonly PolicyChange[],
  side: 'before' | 'after',
): JsonObject {
  const values = Object.fromEntries(
    changes.map((change) => [`${change.kind} ${change.name}`, change[side] as Json]),
  );
  // Members that are absent in a document are undefined in what a schema parsed; a record holds JSON.
  return { revision, digest, values: JSON.parse(JSON.stringify(values)) as Json };
}
