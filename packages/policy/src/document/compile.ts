/** A policy document as a snapshot to decide with: everything parsed, compiled and looked up by name. */
import type { PolicyDocument } from './policy-document.js';
import { counts, type PolicyQuota } from './kinds/quota.js';
import type { PolicyResourceType } from './kinds/resource-type.js';
import type { PolicyGuardrail } from './kinds/guardrail.js';
import type { PolicyTool } from './kinds/tool.js';
import type { EvaluationRequest, ToolClass } from '../vocabulary.js';
import { compileCondition, unanswerable, type Condition } from '../expressions/cel/condition.js';
import { cellCondition } from '../matrix/cell.js';
import { permissionsOf, type CompiledCell, type Permissions } from '../matrix/permissions.js';
import { actionTarget } from '../matrix/target.js';
import { withInherited } from '../matrix/inheritance.js';
import { remembered } from '../expressions/remembered.js';
import { compileSchema, type ArgumentCheck } from '../expressions/schema.js';

export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly tools: ReadonlyMap<string, CompiledTool>;
  readonly resourceTypes: ReadonlyMap<string, CompiledResourceType>;
  readonly assistants: ReadonlyMap<string, CompiledAssistant>;
  /** What is asked for: a tool, or an action on a type of resources; undefined: nothing this policy knows. */
  targetOf(request: Asked): CompiledTarget | undefined;
  /** Quotas that may count such a request. */
  quotasOn(request: Asked): readonly CompiledQuota[];
  /** Compiles what nobody has asked for yet, a schema or a condition at a time: for who must not hold a loop. */
  prepare(): Iterable<void>;
  /** Memoised per set of roles; names the policy does not know give nothing. */
  permissionsOf(roles: readonly string[]): Permissions;
}

type Asked = Pick<EvaluationRequest, 'action' | 'resource'>;

/** What cells, guardrails and quotas are about (matrix/target.ts). */
export interface CompiledTarget {
  readonly name: string;
  readonly class: ToolClass;
  /** null: it is no tool. */
  readonly definition: PolicyTool | null;
  /** Enabled ones, by name. */
  readonly guardrails: readonly CompiledGuardrail[];
  readonly quotas: readonly CompiledQuota[];
}

export interface CompiledTool extends CompiledTarget {
  readonly definition: PolicyTool;
  readonly check: ArgumentCheck;
}

export interface CompiledResourceType {
  readonly name: string;
  readonly definition: PolicyResourceType;
  /** Of a resource's properties. */
  readonly check: ArgumentCheck;
  readonly actions: ReadonlyMap<string, CompiledTarget>;
}

export interface CompiledAssistant {
  readonly name: string;
  readonly enabled: boolean;
  readonly tools: ReadonlySet<string>;
  readonly resourceTypes: ReadonlySet<string>;
}

export interface CompiledGuardrail {
  readonly name: string;
  readonly when: Condition | null;
  readonly checks: readonly { readonly name: string; readonly must: Condition; readonly message: string }[];
}

export interface CompiledQuota extends Pick<PolicyQuota, 'per' | 'holder' | 'limit' | 'windowSeconds'> {
  readonly name: string;
}

/** Bytes that the memory of one policy's sets of roles may hold. */
const ROLE_SETS_BYTES_MAX = 8 << 20;
const CELL_BYTES = 200;

/** Never throws: what `checkPolicy` would refuse denies instead. Expressions are compiled when they are first asked. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const later: (() => unknown)[] = [];
  const conditionOf = (source: string): Condition => {
    const compiled = once(() => conditionOrNone(source));
    later.push(compiled);
    return { source, ask: (variables, meter) => compiled().ask(variables, meter) };
  };
  const checkOf = (schema: PolicyTool['schema']): ArgumentCheck => {
    const compiled = once(() => checkOrRefuse(schema));
    later.push(compiled);
    return (args, meter) => compiled()(args, meter);
  };
  const whenOf = (source: string | undefined) => (source === undefined ? null : conditionOf(source));
  const guardrails = byName(document.guardrails).filter(([, guardrail]) => guardrail.enabled);
  const quotas = byName(document.quotas);

  const targetFor = <D extends PolicyTool | null>(
    name: string,
    toolClass: ToolClass,
    definition: D,
    has: (guardrail: PolicyGuardrail) => boolean,
  ) => ({
    name,
    class: toolClass,
    definition,
    guardrails: guardrails
      .filter(([, guardrail]) => has(guardrail))
      .map(([guardrail, { when, checks }]) => ({
        name: guardrail,
        when: whenOf(when),
        checks: checks.map((check) => ({ ...check, must: conditionOf(check.must) })),
      })),
    quotas: quotas
      .filter(([, on]) => counts(on, name, toolClass))
      .map(([quota, { per, holder, limit, windowSeconds }]) => ({
        name: quota,
        per,
        holder,
        limit,
        windowSeconds,
      })),
  });

  const tools = new Map<string, CompiledTool>();
  for (const [name, definition] of byName(document.tools))
    tools.set(name, {
      ...targetFor(name, definition.class, definition, (guardrail) => guardrail.tools.includes(name)),
      check: checkOf(definition.schema),
    });

  const resourceTypes = new Map<string, CompiledResourceType>();
  for (const [name, definition] of byName(document.resourceTypes)) {
    // Tools are built in: a type by their name would take their arguments out of sight.
    if (name === 'tool') continue;
    const actions = byName(definition.actions).map(([action, { class: actionClass }]) => {
      const target = actionTarget(name, action);
      const on = (guardrail: PolicyGuardrail) => guardrail.resourceTypes?.includes(name) === true;
      return [action, targetFor(target, actionClass, null, on)] as const;
    });
    resourceTypes.set(name, {
      name,
      definition,
      check: checkOf(definition.schema),
      actions: new Map(actions),
    });
  }
  const targetOf = ({ action, resource }: Asked): CompiledTarget | undefined =>
    resource.type === 'tool'
      ? tools.get(resource.id)
      : resourceTypes.get(resource.type)?.actions.get(action.name);

  const assistants = new Map<string, CompiledAssistant>();
  for (const [name, assistant] of byName(document.assistants))
    assistants.set(name, {
      name,
      enabled: assistant.enabled,
      tools: new Set(assistant.tools),
      resourceTypes: new Set(assistant.resourceTypes),
    });

  const cells = document.cells.map((cell): CompiledCell => ({
    cell,
    condition: whenOf(cellCondition(cell) ?? undefined),
  }));
  const permissionsOfSet = remembered(
    ROLE_SETS_BYTES_MAX,
    (set) => {
      const roles = withInherited(document.roles, JSON.parse(set) as string[]);
      const concerned = new Set(roles);
      return permissionsOf(
        roles,
        cells.filter(({ cell }) => concerned.has(cell.role)),
      );
    },
    ({ cells: count }) => count * CELL_BYTES,
  );
  /** By the very list: a subject's stays the same one from question to question. */
  const sets = new WeakMap<readonly string[], string>();
  const setOf = (roles: readonly string[]): string => {
    let set = sets.get(roles);
    if (set === undefined)
      sets.set(roles, (set = JSON.stringify(roles.length > 1 ? roles.toSorted() : roles)));
    return set;
  };
  return {
    document,
    tools,
    resourceTypes,
    assistants,
    targetOf,
    *prepare() {
      for (const compile of later) {
        compile();
        yield;
      }
    },
    quotasOn: (request) => targetOf(request)?.quotas ?? NO_QUOTAS,
    permissionsOf: (roles) => permissionsOfSet(setOf(roles)),
  };
}

const NO_QUOTAS: readonly CompiledQuota[] = [];

/** By name, because a database may reorder an object's members and an answer must not depend on that. */
function byName<T>(record: { readonly [name: string]: T }): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

function conditionOrNone(source: string): Condition {
  try {
    return compileCondition(source);
  } catch {
    return unanswerable(source);
  }
}

function checkOrRefuse(schema: PolicyTool['schema']): ArgumentCheck {
  try {
    return compileSchema(schema);
  } catch {
    return () => [{ path: '', message: 'there is no usable schema to fit' }];
  }
}
