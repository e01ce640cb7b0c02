/**
 * A search is many questions at one place of the order, none of them recorded: candidates are listed, each is decided as
 * if it were asked, and those that would be allowed are the results. It costs its tenant's share what so many questions do.
 */
import { Injectable } from '@nestjs/common';
import {
  actionsOn,
  found,
  keyOf,
  searchFor,
  toolsAfter,
  triedFor,
  type CompiledPolicy,
  type Search,
  type SearchAnswer,
  type SearchKind,
} from '@reeve/policy';
import type { AgentCaller } from '../auth/agent-caller.js';
import { Evaluations } from '../evaluations/evaluations.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SubjectsService } from '../subjects/subjects.service.js';
import { PageTokens } from './page-token.js';
import { readSearch } from './read-search.js';

@Injectable()
export class AccessSearch {
  constructor(
    private readonly evaluations: Evaluations,
    private readonly subjects: SubjectsService,
    private readonly resources: ResourcesService,
    private readonly tokens: PageTokens,
  ) {}

  async find(caller: AgentCaller, kind: SearchKind, body: unknown): Promise<SearchAnswer> {
    const search = readSearch(kind, body);
    const place = this.tokens.open(caller, search);
    const size = triedFor(place.limit);
    const most = size.tries + 1;
    const candidates = await this.candidates(caller, search, place.after, most);
    const speaker = { keyAssistants: caller.assistants };
    const tried = await this.evaluations.try(caller, {
      size: most,
      requestsOf: (policy) =>
        candidates(policy)
          .slice(0, most)
          .map((candidate) => searchFor(search, candidate, speaker)),
    });
    const { results, next } = found(
      tried.map(({ request, decision }) => ({
        key: keyOf(kind, request),
        allowed: decision.effect === 'allow',
      })),
      size,
      place.after,
    );
    const token = next === null ? '' : this.tokens.seal(caller, search, { ...place, after: next });
    return {
      page: { next_token: token, count: results.length },
      results: results.map((one) => entityOf(search, one)),
    };
  }

  /** What the tenant knows, in order, behind `after`. Tools and actions are those of the policy that decides. */
  private async candidates(
    { tenantId }: AgentCaller,
    search: Search,
    after: string,
    most: number,
  ): Promise<(policy: CompiledPolicy) => readonly string[]> {
    const { resource, subject } = search.body;
    if (search.kind === 'action') return (policy) => actionsOn(policy, resource.type, after);
    if (search.kind === 'resource' && resource.type === 'tool') return (policy) => toolsAfter(policy, after);
    const ids =
      search.kind === 'subject'
        ? await this.subjects.idsAfter(tenantId, subject.type, after, most)
        : await this.resources.idsAfter(tenantId, resource.type, after, most);
    return () => ids;
  }
}

const entityOf = ({ kind, body }: Search, found: string) =>
  kind === 'action' ? { name: found } : { type: body[kind].type, id: found };
