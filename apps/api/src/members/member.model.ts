import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import { AdminRoleEnum } from '../infra/graphql/enums.js';

@ObjectType()
export class Member {
  @Field(() => ID) id!: string;
  @Field() email!: string;
  @Field() name!: string;
  @Field(() => [AdminRoleEnum]) roles!: AdminRole[];
  @Field(() => Boolean) totpEnabled!: boolean;
  @Field(() => Boolean) disabled!: boolean;
  @Field(() => Boolean, { description: 'Has not set a password yet.' }) pending!: boolean;
  @Field(() => Int) version!: number;
  @Field() createdAt!: Date;
}

@ObjectType()
export class AddedMember {
  @Field(() => Member) member!: Member;
  @Field(() => String, {
    nullable: true,
    description: 'One-time link to set a password, valid 24 h; null when the member already has one.',
  })
  setupUrl!: string | null;
}
