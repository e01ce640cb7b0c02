/**
 * The part of a decision that may stand in the clear where nothing is ever erased. A finding may quote the request: the
 * name of a tool or an argument that nobody has, in which a model can have written anything about anybody. What the
 * policy names is its authors' word, not a person's.
 */
import type { PolicyTool } from './document/kinds/tool.js';
import type { CompiledPolicy } from './document/compile.js';
import type { ArgumentError } from './expressions/schema.js';
import { nameOfStep } from './json-pointer.js';
import { REASONS, type Reason } from './reasons.js';
import type { Decision, EvaluationRequest, Json, JsonObject } from './vocabulary.js';

export type Findings = Pick<Decision, 'detail' | 'trail'>;

/** The findings without what they quote; null: they quote nothing. */
export function withoutQuotes(
  { reason, detail: said, trail: findings }: Decision,
  request: EvaluationRequest,
  policy: CompiledPolicy,
): Findings | null {
  const detail = unquoted(reason, said, request, policy);
  if (detail === said) return null;
  const trail = findings.map((one) =>
    one.reason === undefined || one.detail === undefined
      ? one
      : { ...one, detail: unquoted(one.reason, one.detail, request, policy) },
  );
  return { detail, trail };
}

/** True where a word of a request is one of the policy's or of the standards Reeve speaks. */
export const isNamed = (word: string, { tools, assistants, resourceTypes }: CompiledPolicy): boolean =>
  STANDARD.has(word) ||
  tools.has(word) ||
  assistants.has(word) ||
  resourceTypes.has(word) ||
  isAction(word, resourceTypes);

function isAction(word: string, types: CompiledPolicy['resourceTypes']): boolean {
  for (const { actions } of types.values()) if (actions.has(word)) return true;
  return false;
}

const STANDARD = new Set(['tool', 'tools/call', 'models/call', 'messages/send', 'resources/read']);
/** The text a record has in place of a word that the policy does not name. */
export const UNKNOWN_NAME = '(unknown)';

function unquoted(
  reason: Reason,
  detail: JsonObject,
  request: EvaluationRequest,
  policy: CompiledPolicy,
): JsonObject {
  if (reason === 'invalid_arguments' || reason === 'invalid_properties')
    return withoutForeignPaths(detail, request, policy);
  const { quotes } = REASONS[reason] as { readonly quotes?: readonly string[] };
  const foreign = quotes?.filter((name) => {
    const word = detail[name];
    return typeof word === 'string' && !isNamed(word, policy);
  });
  if (foreign === undefined || foreign.length === 0) return detail;
  return { ...detail, ...Object.fromEntries(foreign.map((name) => [name, UNKNOWN_NAME])) };
}

/** Places of an argument or a property, each step that no schema names left out. */
function withoutForeignPaths(
  detail: JsonObject,
  { arguments: args, resource }: EvaluationRequest,
  policy: CompiledPolicy,
): JsonObject {
  const isTool = resource.type === 'tool';
  const known = isTool ? policy.tools.get(resource.id) : policy.resourceTypes.get(resource.type);
  if (known === undefined) return detail;
  const names = namesIn(known.definition);
  const errors = detail['errors'] as readonly ArgumentError[];
  const clean = errors.map(({ path, message }) => ({
    path: knownPath(path, isTool ? args : resource.properties, names),
    message,
  }));
  return clean.every(({ path }, i) => path === errors[i]!.path) ? detail : { ...detail, errors: clean };
}

function knownPath(path: string, args: Json, names: ReadonlySet<string>): string {
  let at: Json | undefined = args;
  return path
    .split('/')
    .map((step, depth) => {
      if (depth === 0) return step;
      const name = nameOfStep(step);
      const known = Array.isArray(at) || names.has(name);
      at =
        typeof at === 'object' && at !== null && Object.hasOwn(at, name)
          ? (at as JsonObject)[name]
          : undefined;
      return known ? step : UNKNOWN_NAME;
    })
    .join('/');
}

type Described = Pick<PolicyTool, 'schema'>;
const remembered = new WeakMap<Described, ReadonlySet<string>>();

/** Every name of a member that a schema speaks of. */
function namesIn(tool: Described): ReadonlySet<string> {
  let names = remembered.get(tool);
  if (names === undefined) {
    const found = new Set<string>();
    const stack: unknown[] = [tool.schema];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (typeof top === 'string') found.add(top);
      if (typeof top !== 'object' || top === null) continue;
      for (const [name, value] of Object.entries(top)) {
        found.add(name);
        stack.push(value);
      }
    }
    names = found;
    remembered.set(tool, names);
  }
  return names;
}
