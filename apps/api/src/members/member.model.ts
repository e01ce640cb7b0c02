import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import { AdminRoleEnum } from '../infra/graphql/enums.js';

export enum MemberState {
  invited = 'invited',
  active = 'active',
  disabled = 'disabled',
}
registerEnumType(MemberState, {
  name: 'MemberState',
  description: 'invited: nobody has used a link yet.',
});

@ObjectType({
  description: 'A person’s place in a tenant. All of it is what this tenant said or did itself.',
})
export class Member {
  @Field(() => ID, { description: 'This tenant’s own: the same person has another id elsewhere.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'null for whoever sees no personal data.' })
  email!: string | null;
  @Field() name!: string;
  @Field(() => [AdminRoleEnum]) roles!: AdminRole[];
  @Field(() => MemberState) state!: MemberState;
  @Field(() => Int) version!: number;
  @Field() createdAt!: Date;
}

@ObjectType({
  description: 'A way in for one person, shown once. A newer one, a removal or a new password ends it.',
})
export class MemberLink {
  @Field() url!: string;
  @Field() expiresAt!: Date;
}

@ObjectType()
export class LinkedMember {
  @Field(() => Member) member!: Member;
  @Field(() => MemberLink) link!: MemberLink;
}

@ObjectType({ description: 'Runs the deployment: every tenant, and what concerns all of them.' })
export class PlatformAdministrator {
  @Field(() => ID) id!: string;
  @Field() email!: string;
  @Field() name!: string;
  @Field(() => MemberState) state!: MemberState;
  @Field(() => Int) version!: number;
  @Field() createdAt!: Date;
}

@ObjectType()
export class LinkedPlatformAdministrator {
  @Field(() => PlatformAdministrator) administrator!: PlatformAdministrator;
  @Field(() => MemberLink) link!: MemberLink;
}
