import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description: 'What a new tenant needs before its first agent is allowed something, and whether it has it.',
})
export class FirstSteps {
  @Field({ description: 'A member who governs it.' }) owner!: boolean;
  @Field() role!: boolean;
  @Field() tool!: boolean;
  @Field({ description: 'A cell that grants: allow or approve.' }) cell!: boolean;
  @Field({ description: 'An enabled assistant with a tool in its allow-list.' }) assistant!: boolean;
  @Field({ description: 'A subject with a role or a grant.' }) subject!: boolean;
  @Field({ description: 'An agent key that still works.' }) key!: boolean;
  @Field({ description: 'An agent has asked.' }) question!: boolean;
}
