/** The vocabulary's closed lists as GraphQL enums, so that the schema and the decision cannot drift apart. */
import { registerEnumType } from '@nestjs/graphql';
import { RECORD_KINDS } from '@reeve/audit';
import { ADMIN_ROLES, EFFECTS, KILL_MODES, KILL_SCOPES, LIFT_RULES } from '@reeve/policy';

export function graphqlEnum<const T extends string>(
  name: string,
  values: readonly T[],
): { readonly [value in T]: T } {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { readonly [value in T]: T };
  registerEnumType(members, { name });
  return members;
}

export const AdminRoleEnum = graphqlEnum('AdminRole', ADMIN_ROLES);
export const EffectEnum = graphqlEnum('Effect', EFFECTS);
export const KillModeEnum = graphqlEnum('KillMode', KILL_MODES);
export const KillScopeEnum = graphqlEnum('KillScope', KILL_SCOPES);
export const LiftRuleEnum = graphqlEnum('LiftRule', LIFT_RULES);
export const RecordKindEnum = graphqlEnum('RecordKind', RECORD_KINDS);
export const ApiKeyKindEnum = graphqlEnum('ApiKeyKind', ['agent', 'management']);
