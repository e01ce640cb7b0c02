import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class Tenant {
  @Field(() => ID) id!: string;
  @Field() slug!: string;
  @Field() name!: string;
  @Field({ description: 'development | staging | production' }) environment!: string;
  @Field(() => Boolean, { description: 'Lifting a stop of this tenant takes a second person.' })
  twoPersonLift!: boolean;
  @Field(() => Int, { description: 'Days that its spans are kept for, 1 to 400.' })
  telemetryDays!: number;
  @Field(() => Int) version!: number;
  @Field() createdAt!: Date;
}
