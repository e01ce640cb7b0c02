import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: "The database's clock, as an administrator vouched for it." })
export class AcknowledgedClock {
  @Field() now!: Date;
  @Field(() => [String], {
    description: 'Slugs of tenants whose last record lay ahead of it; they go on from now.',
  })
  tenants!: string[];
}

@ObjectType({
  description:
    "A jump of the database's clock that is not believed: nothing is decided or changed by it, but a stop.",
})
export class ClockAlarm {
  @Field({ description: 'When it was first refused, by the clock of the process that answers.' })
  since!: Date;
  @Field({ description: "What the database's clock says." }) database!: Date;
  @Field({ description: 'What it should say.' }) expected!: Date;
}

@ObjectType({
  description:
    "A tenant whose last record lies ahead of the database's clock: nothing is decided or changed there, but a stop.",
})
export class TenantAhead {
  @Field() slug!: string;
  @Field() lastRecordAt!: Date;
  @Field({ description: "What the database's clock says." }) database!: Date;
}
