import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: "The database's clock, as an administrator vouched for it." })
export class AcknowledgedClock {
  @Field() now!: Date;
  @Field(() => [String], {
    description: 'Slugs of tenants whose last record lay ahead of it; they go on from now.',
  })
  tenants!: string[];
}
