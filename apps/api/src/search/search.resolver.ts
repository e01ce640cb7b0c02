import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { SearchHit } from './search.model.js';
import { SearchService } from './search.service.js';

@Resolver(() => SearchHit)
export class SearchResolver {
  constructor(private readonly service: SearchService) {}

  @Query(() => [SearchHit], {
    description:
      'Objects by name: exact, then prefix, then word, then contained. Only what the actor may see.',
  })
  @Permission('read', 'Overview')
  search(
    @InTenant() tenant: TenantScope,
    @Args('text') text: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 12 }) first: number | null,
  ) {
    return this.service.find(tenant, text, first ?? 12);
  }
}
