import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import { AdminRoleEnum } from '../infra/graphql/enums.js';
import { Tenant } from '../tenants/tenant.model.js';

@ObjectType()
export class SessionMember {
  @Field(() => ID) id!: string;
  @Field({ description: 'Empty for a management key.' }) email!: string;
  @Field() name!: string;
  @Field(() => Boolean) platformAdmin!: boolean;
  @Field(() => Boolean) totpEnabled!: boolean;
  @Field(() => Int, { description: 'Recovery codes that were not used yet.' }) recoveryCodes!: number;
}

@ObjectType()
export class SessionTenant {
  @Field(() => Tenant) tenant!: Tenant;
  @Field(() => [AdminRoleEnum]) roles!: AdminRole[];
  @Field(() => ID, { description: 'Who they are in this tenant, in its records and lists.' })
  memberId!: string;
}

@ObjectType({ description: 'Who is signed in, and where they belong.' })
export class Session {
  @Field(() => SessionMember) member!: SessionMember;
  @Field(() => [SessionTenant]) tenants!: SessionTenant[];
  @Field() serverTime!: Date;
  @Field({ description: 'development | staging | production: REEVE_ENV.' }) environment!: string;
}
