/** A policy document as a snapshot to decide with: everything parsed, compiled and looked up by name. */
import type { PolicyDocument, PolicyQuota, PolicyTool } from '../contract/policy-document.js';
import type { JsonObject, ToolClass } from '../vocabulary.js';
import { compileCondition, unanswerable, type Condition } from './cel.js';
import { permissionsOf, type CompiledCell, type Permissions } from './permissions.js';
import { withInherited } from './inheritance.js';
import { remembered } from './remembered.js';
import { compileSchema, type ArgumentCheck } from './schema.js';

export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly tools: ReadonlyMap<string, CompiledTool>;
  readonly assistants: ReadonlyMap<string, CompiledAssistant>;
  /** Quotas on a tool this policy does not know: none. */
  quotasOn(tool: string): readonly CompiledQuota[];
  /** Memoised per set of roles; names the policy does not know give nothing. */
  permissionsOf(roles: readonly string[]): Permissions;
}

export interface CompiledTool {
  readonly name: string;
  readonly class: ToolClass;
  readonly definition: PolicyTool;
  readonly check: ArgumentCheck;
  /** Enabled ones, by name. */
  readonly guardrails: readonly CompiledGuardrail[];
  readonly quotas: readonly CompiledQuota[];
}

export interface CompiledAssistant {
  readonly name: string;
  readonly enabled: boolean;
  readonly tools: ReadonlySet<string>;
}

export interface CompiledGuardrail {
  readonly name: string;
  readonly when: Condition | null;
  readonly checks: readonly { readonly name: string; readonly must: Condition; readonly message: string }[];
}

export interface CompiledQuota extends Pick<PolicyQuota, 'per' | 'holder' | 'limit' | 'windowSeconds'> {
  readonly name: string;
}

const ROLE_SETS_MAX = 1_000;

/** Never throws: what `checkPolicy` would refuse denies instead. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const guardrails = byName(document.guardrails).filter(([, guardrail]) => guardrail.enabled);
  const quotas = byName(document.quotas);

  const tools = new Map<string, CompiledTool>();
  for (const [name, definition] of byName(document.tools)) {
    tools.set(name, {
      name,
      class: definition.class,
      definition,
      check: checkOrRefuse(compileSchema, definition.schema),
      guardrails: guardrails
        .filter(([, { tools: on }]) => on.includes(name))
        .map(([guardrail, { when, checks }]) => ({
          name: guardrail,
          when: conditionOf(when),
          checks: checks.map((check) => ({ ...check, must: conditionOrNone(check.must) })),
        })),
      quotas: quotas
        .filter(([, on]) => on.tool === name || on.toolClass === definition.class)
        .map(([quota, { per, holder, limit, windowSeconds }]) => ({
          name: quota,
          per,
          holder,
          limit,
          windowSeconds,
        })),
    });
  }

  const assistants = new Map<string, CompiledAssistant>();
  for (const [name, assistant] of byName(document.assistants))
    assistants.set(name, { name, enabled: assistant.enabled, tools: new Set(assistant.tools) });

  const cells = document.cells.map((cell): CompiledCell => ({ cell, condition: conditionOf(cell.when) }));
  const permissionsOfSet = remembered(ROLE_SETS_MAX, (set) => {
    const roles = withInherited(document.roles, JSON.parse(set) as string[]);
    return permissionsOf(
      roles,
      cells.filter(({ cell }) => roles.includes(cell.role)),
    );
  });
  return {
    document,
    tools,
    assistants,
    quotasOn: (tool) => tools.get(tool)?.quotas ?? NO_QUOTAS,
    permissionsOf: (roles) => permissionsOfSet(JSON.stringify(roles.length > 1 ? roles.toSorted() : roles)),
  };
}

const NO_QUOTAS: readonly CompiledQuota[] = [];

/** By name, because a database may reorder an object's members and an answer must not depend on that. */
function byName<T>(record: { readonly [name: string]: T }): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

const conditionOf = (source: string | undefined): Condition | null =>
  source === undefined ? null : conditionOrNone(source);

function conditionOrNone(source: string): Condition {
  try {
    return compileCondition(source);
  } catch {
    return unanswerable(source);
  }
}

function checkOrRefuse(
  make: (schema: JsonObject) => ArgumentCheck,
  schema: PolicyTool['schema'],
): ArgumentCheck {
  try {
    return make(schema);
  } catch {
    return () => [{ path: '', message: 'this tool has no usable schema' }];
  }
}
