import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { RecordKind } from '@reeve/audit';
import type { Effect } from '@reeve/policy';
import { EffectEnum, RecordKindEnum } from '../infra/graphql/enums.js';

@ObjectType({ description: 'One sealed ledger entry.' })
export class AuditRecord {
  @Field() seq!: string;
  @Field(() => ID) id!: string;
  @Field(() => RecordKindEnum) kind!: RecordKind;
  @Field() at!: Date;
  @Field({ description: 'The name of who made it, while anybody has it.' }) actor!: string;
  @Field() actorId!: string;
  @Field() action!: string;
  @Field() target!: string;
  @Field(() => String, { nullable: true, description: 'Of a member or a key, while anybody has it.' })
  targetName!: string | null;
  @Field(() => ID, { nullable: true, description: 'The pseudonym of whom it concerns.' }) subjectRef!:
    string | null;
  @Field(() => String, { nullable: true, description: 'null once erased, or not permitted.' }) subjectType!:
    string | null;
  @Field(() => String, { nullable: true, description: 'null once erased, or not permitted.' }) subjectId!:
    string | null;
  @Field(() => EffectEnum, { nullable: true }) effect!: Effect | null;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field({ description: 'SHA-256 of the payload.' }) hash!: string;
  @Field({ description: 'Hash of the record before.' }) prev!: string;
  @Field({ description: 'The key that sealed it.' }) keyId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The exact signed string; null where it may name a run and the reader may not know whose.',
  })
  payload!: string | null;
}

@ObjectType({ description: 'Who can have made a record: a member, an API key, the system.' })
export class AuditActor {
  @Field(() => ID) id!: string;
  @Field() name!: string;
}

@ObjectType()
export class AuditRecordConnection {
  @Field(() => [AuditRecord]) nodes!: AuditRecord[];
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Int) totalCount!: number;
}

@InputType()
export class AuditFilter {
  @Field(() => [RecordKindEnum], { nullable: true }) kind?: RecordKind[] | null;
  @Field(() => String, { nullable: true }) actorId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Whom it concerns: a pseudonym, or the id of a subject to whom it may be shown.',
  })
  subject?: string | null;
  @Field(() => [String], { nullable: true }) action?: string[] | null;
  @Field(() => [String], { nullable: true }) target?: string[] | null;
  @Field(() => [EffectEnum], { nullable: true }) effect?: Effect[] | null;
  @Field(() => [String], { nullable: true }) reason?: string[] | null;
  @Field(() => String, {
    nullable: true,
    description: 'Part of an action, a target, a reason, or of the name of who made it or whom it concerns.',
  })
  text?: string | null;
  @Field(() => Date, { nullable: true }) from?: Date | null;
  @Field(() => Date, { nullable: true }) to?: Date | null;
  @Field(() => String, { nullable: true }) fromSeq?: string | null;
  @Field(() => String, { nullable: true }) toSeq?: string | null;
}

@ObjectType()
export class LedgerAdvance {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field() seq!: string;
  @Field() epoch!: string;
  @Field() at!: Date;
  @Field(() => Boolean, { description: 'Policy, switches, keys, subjects or members changed too.' })
  changed!: boolean;
}
