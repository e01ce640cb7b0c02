import { Field, Int, ObjectType } from '@nestjs/graphql';
import {
  DIRECTIONS,
  KIND_NAMES,
  type KINDS,
  TOOL_CLASSES,
  type Direction,
  type Effect,
  type NamedKind,
  type PolicyDocument,
  type PolicyEdit,
} from '@reeve/policy';
import { EffectEnum } from '../infra/graphql/enums.js';
import { JSONValue } from '../infra/graphql/scalars.js';

@ObjectType()
export class Tool {
  @Field() name!: string;
  @Field(() => String, { description: TOOL_CLASSES.join(' | ') }) class!: string;
  @Field() justification!: string;
  @Field() description!: string;
  @Field() owner!: string;
  @Field() server!: string;
  @Field(() => Boolean) reversible!: boolean;
  @Field(() => JSONValue, { description: 'JSON Schema 2020-12 of the arguments.' }) schema!: object;
  @Field(() => Boolean) untrustedOutput!: boolean;
}

@ObjectType()
export class ResourceAction {
  @Field() name!: string;
  @Field(() => String, { description: TOOL_CLASSES.join(' | ') }) class!: string;
  @Field() title!: string;
}

@ObjectType({ description: 'A type of resources beside tools, and what may be done to one of them.' })
export class ResourceType {
  @Field() name!: string;
  @Field() title!: string;
  @Field() description!: string;
  @Field(() => [ResourceAction]) actions!: ResourceAction[];
  @Field(() => JSONValue, { description: 'JSON Schema 2020-12 of the properties.' }) schema!: object;
  @Field(() => String, { description: 'required | optional: whether one that is not registered is denied.' })
  register!: string;
}

@ObjectType()
export class Role {
  @Field() name!: string;
  @Field() title!: string;
  @Field() description!: string;
  @Field(() => [String]) inherits!: string[];
}

@ObjectType()
export class PermissionCell {
  @Field() role!: string;
  @Field() tool!: string;
  @Field(() => EffectEnum) effect!: Effect;
  @Field(() => String, { nullable: true }) when?: string | undefined;
}

@ObjectType({ description: 'A cell about an action on a type of resources.' })
export class ResourceCell {
  @Field() role!: string;
  @Field() resourceType!: string;
  @Field() action!: string;
  @Field(() => EffectEnum) effect!: Effect;
  @Field(() => String, { nullable: true }) when?: string | undefined;
}

@ObjectType()
export class GuardrailCheck {
  @Field() name!: string;
  @Field() must!: string;
  @Field() message!: string;
}

@ObjectType()
export class Guardrail {
  @Field() name!: string;
  @Field(() => String) kind!: string;
  @Field() title!: string;
  @Field(() => [String]) tools!: string[];
  @Field(() => [String], { nullable: true }) resourceTypes?: string[] | undefined;
  @Field(() => Boolean) enabled!: boolean;
  @Field(() => String, { nullable: true }) when?: string | undefined;
  @Field(() => [GuardrailCheck]) checks!: GuardrailCheck[];
}

@ObjectType()
export class Quota {
  @Field() name!: string;
  @Field(() => String, { description: 'user | role | assistant | tenant' }) per!: string;
  @Field(() => String, { nullable: true }) holder?: string | undefined;
  @Field(() => String, { nullable: true }) tool?: string | undefined;
  @Field(() => String, { nullable: true }) toolClass?: string | undefined;
  @Field(() => String, { nullable: true }) resourceType?: string | undefined;
  @Field(() => String, { nullable: true }) action?: string | undefined;
  @Field(() => Int) limit!: number;
  @Field(() => Int) windowSeconds!: number;
}

@ObjectType()
export class Assistant {
  @Field() name!: string;
  @Field() title!: string;
  @Field() description!: string;
  @Field(() => Boolean) enabled!: boolean;
  @Field(() => [String]) tools!: string[];
  @Field(() => [String], { nullable: true }) resourceTypes?: string[] | undefined;
  @Field(() => String, {
    nullable: true,
    description: 'What is kept of its traces: full | metadata | none; metadata where nothing is said.',
  })
  logPolicy?: string | undefined;
}

@ObjectType()
export class PolicyRevision {
  @Field(() => Int) revision!: number;
  @Field({ description: 'SHA-256 of the canonical document.' }) digest!: string;
  @Field() reason!: string;
  @Field() publishedBy!: string;
  @Field() publishedAt!: Date;
}

/** A kind that the schema lacks does not compile. */
type Lists = Readonly<Record<(typeof KINDS)[NamedKind]['member'], readonly { readonly name: string }[]>>;

@ObjectType({
  description: 'One immutable revision. `document` is the whole policy; the lists are the same, typed.',
})
export class Policy extends PolicyRevision implements Lists {
  @Field(() => JSONValue) document!: PolicyDocument;
  @Field(() => [Tool]) tools!: Tool[];
  @Field(() => [ResourceType]) resourceTypes!: ResourceType[];
  @Field(() => [Role]) roles!: Role[];
  @Field(() => [PermissionCell], { description: 'Those about tools.' }) cells!: PermissionCell[];
  @Field(() => [ResourceCell], { description: 'Those about other resources.' })
  resourceCells!: ResourceCell[];
  @Field(() => [Guardrail]) guardrails!: Guardrail[];
  @Field(() => [Quota]) quotas!: Quota[];
  @Field(() => [Assistant]) assistants!: Assistant[];
}

@ObjectType()
export class PolicyDraft {
  @Field(() => Int) baseRevision!: number;
  @Field(() => JSONValue, { description: 'PolicyEdit[]' }) edits!: PolicyEdit[];
  @Field(() => Int) version!: number;
  @Field() updatedAt!: Date;
}

@ObjectType({
  description: `kind: ${KIND_NAMES.join(' | ')}; before/after null when absent.`,
})
export class PolicyChange {
  @Field(() => String) kind!: string;
  @Field() name!: string;
  @Field(() => JSONValue, { nullable: true }) before!: unknown;
  @Field(() => JSONValue, { nullable: true }) after!: unknown;
  @Field(() => String, { description: `Of this change alone: ${DIRECTIONS.join(' | ')}` })
  direction!: Direction;
}
