import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class QuotaUse {
  @Field() quota!: string;
  @Field({
    description:
      'type/id of a subject (unnamed to whom it may not be shown), a role, an assistant, or tenant.',
  })
  holder!: string;
  @Field(() => Int, { description: 'Allowed calls in the window that ends now.' }) used!: number;
  @Field(() => Int) limit!: number;
  @Field(() => Int) remaining!: number;
  @Field(() => Date, { nullable: true, description: 'When the next call is free; null when none ever is.' })
  resetsAt!: Date | null;
}
