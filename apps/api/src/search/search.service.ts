/** Any object of a tenant by its name, as far as who asks may see it. */
import { Injectable } from '@nestjs/common';
import { NAMED_KINDS, type AdminResource, type NamedKind } from '@reeve/policy';
import { z } from 'zod';
import type { TenantScope } from '../auth/tenant-scope.js';
import { valid } from '../infra/valid.js';
import { SEARCH_KINDS, type SearchHit, type SearchKind } from './search.model.js';
import { SearchReadModel } from './search.read-model.js';

const OF_POLICY = Object.fromEntries<readonly AdminResource[]>(
  NAMED_KINDS.map((kind) => [kind, ['Policy']]),
) as { readonly [kind in NamedKind]: readonly AdminResource[] };

/** Resources one must be able to read to find one. Who a subject is, and what it ran, is personal. */
const NEEDS: { readonly [kind in SearchKind]: readonly AdminResource[] } = {
  ...OF_POLICY,
  quota: ['Quota'],
  member: ['Member'],
  api_key: ['ApiKey'],
  subject: ['Subject', 'Evidence'],
  run: ['Evaluation', 'Evidence'],
  evaluation: ['Evaluation'],
  revision: ['Policy'],
};
const Text = z.string().trim().min(1).max(256);
const First = z.int().min(1).max(50);

@Injectable()
export class SearchService {
  constructor(private readonly readModel: SearchReadModel) {}

  find({ id, ability }: TenantScope, text: string, first: number): Promise<SearchHit[]> {
    const kinds = SEARCH_KINDS.filter((kind) =>
      NEEDS[kind].every((resource) => ability.can('read', resource)),
    );
    return this.readModel.find(id, valid(Text, text, 'text'), new Set(kinds), valid(First, first, 'first'));
  }
}
