import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { JSONValue } from '../infra/graphql/scalars.js';
import { Subject, SubjectConnection, SubjectImport } from './subject.model.js';
import { SubjectImports } from './subject-imports.service.js';
import { SubjectsService } from './subjects.service.js';

@Resolver(() => Subject)
export class SubjectsResolver {
  constructor(
    private readonly service: SubjectsService,
    private readonly imports: SubjectImports,
  ) {}

  @Query(() => SubjectConnection)
  @Permission('read', 'Subject')
  subjects(
    @InTenant() tenant: TenantScope,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ) {
    return this.service.page(tenant, search ?? null, first ?? 50, after ?? null);
  }

  @Mutation(() => Subject, { description: 'expectedVersion 0 binds a new subject.' })
  @Permission('update', 'Subject')
  bindSubject(
    @InTenant() tenant: TenantScope,
    @Args('type') type: string,
    @Args('id', { type: () => String }) id: string,
    @Args('roles', { type: () => [String] }) roles: string[],
    @Args('grants', { type: () => JSONValue, nullable: true, description: 'None when left out.' })
    grants: unknown,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.bind(actor, tenant, { type, id, roles, grants }, expectedVersion, reason);
  }

  @Mutation(() => Subject, { description: 'Of a subject that is bound: all attributes anew.' })
  @Permission('update', 'Subject')
  setSubjectAttributes(
    @InTenant() tenant: TenantScope,
    @Args('type') type: string,
    @Args('id', { type: () => String }) id: string,
    @Args('attributes', { type: () => JSONValue, description: 'A JSON object of 16 kB at the most.' })
    attributes: unknown,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.setAttributes(actor, tenant, { type, id, attributes }, expectedVersion, reason);
  }

  @Query(() => SubjectImport, { description: 'What importSubjects would do with this file.' })
  @Permission('update', 'Subject')
  subjectImportPreview(
    @InTenant() tenant: TenantScope,
    @Args('format', { description: 'ndjson | csv' }) format: string,
    @Args('text', { type: () => JSONValue, description: 'The file, as a string.' }) text: unknown,
  ) {
    return this.imports.preview(tenant, format, text);
  }

  @Mutation(() => SubjectImport, { description: 'Sets attributes of many, all or nothing.' })
  @Permission('update', 'Subject')
  importSubjects(
    @InTenant() tenant: TenantScope,
    @Args('format', { description: 'ndjson | csv' }) format: string,
    @Args('text', { type: () => JSONValue, description: 'The file, as a string.' }) text: unknown,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.imports.apply(actor, tenant, format, text, reason);
  }

  @Mutation(() => Boolean)
  @Permission('delete', 'Subject')
  unbindSubject(
    @InTenant() tenant: TenantScope,
    @Args('type') type: string,
    @Args('id', { type: () => String }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.unbind(actor, tenant, type, id, expectedVersion, reason);
  }
}
