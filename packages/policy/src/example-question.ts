/**
 * A question that this policy allows, for whoever tries it for the first time: an assistant, a tool that changes as
 * little as possible, somebody who may use it, arguments that fit. Found by asking `decide`, so that it is no promise
 * made beside it.
 */
import type { CompiledPolicy, CompiledTool } from './document/compile.js';
import { decide } from './pipeline.js';
import { StateMap } from './state/states.js';
import type { EvaluationRequest, Json, JsonObject, SubjectFacts } from './vocabulary.js';

export interface ExampleSubject extends SubjectFacts {
  readonly type: string;
  readonly id: string;
}

export interface ExampleQuestion {
  readonly assistant: string;
  readonly tool: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly arguments: JsonObject;
}

/** Nobody tries a dangerous tool for the first time by copying it. */
const CLASSES = ['read', 'write'] as const;
const TRIES_MAX = 20_000;

/** `assistants`: those a key speaks for; empty: any. `now` in epoch milliseconds. null: nothing is allowed to anybody of these. */
export function exampleQuestion(
  policy: CompiledPolicy,
  subjects: readonly ExampleSubject[],
  assistants: readonly string[],
  now: number,
): ExampleQuestion | null {
  let tries = 0;
  for (const toolClass of CLASSES)
    for (const { name: assistant, enabled, tools } of policy.assistants.values()) {
      if (!enabled || (assistants.length > 0 && !assistants.includes(assistant))) continue;
      for (const name of tools) {
        const tool = policy.tools.get(name);
        if (tool?.class !== toolClass) continue;
        for (const subject of subjects)
          for (const args of argumentsFor(tool, subject)) {
            if (++tries > TRIES_MAX) return null;
            const request = requestOf(assistant, name, subject, args);
            const caller = { id: '', assistants };
            const facts = { id: '', now, caller, subject, switches: [], policy, state: new StateMap() };
            if (decide(request, facts).effect === 'allow')
              return {
                assistant,
                tool: name,
                subject: { type: subject.type, id: subject.id },
                arguments: args,
              };
          }
      }
    }
  return null;
}

function requestOf(
  assistant: string,
  tool: string,
  { type, id }: ExampleSubject,
  args: JsonObject,
): EvaluationRequest {
  return {
    subject: { type, id, properties: {} },
    action: { name: 'tools/call', properties: {} },
    resource: { type: 'tool', id: tool, properties: { arguments: args } },
    arguments: args,
    assistant,
    channel: 'interactive',
    runId: null,
    threadId: null,
    context: { agent: assistant, channel: 'interactive' },
  };
}

/** Arguments that fit; and the same about the subject itself, where a rule says "only one's own". */
function argumentsFor(tool: CompiledTool, { id }: ExampleSubject): JsonObject[] {
  const fitting = [sample(tool.definition.schema, 'example', 0), sample(tool.definition.schema, id, 0)];
  const [plain, own] = fitting;
  return (JSON.stringify(plain) === JSON.stringify(own) ? [plain] : fitting).filter(
    (args): args is JsonObject => typeof args === 'object' && args !== null && !Array.isArray(args),
  );
}

/** The least that a schema asks for; a guess, which `decide` checks. */
function sample(schema: Json, text: string, depth: number): Json {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || depth > 8) return {};
  const { type, required, properties, items, minItems, minLength, minimum } = schema as JsonObject;
  const { const: only, enum: members, default: usual, examples } = schema as JsonObject;
  if (only !== undefined) return only;
  if (Array.isArray(members) && members.length > 0) return members[0] as Json;
  if (usual !== undefined) return usual;
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as Json;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return typeof minLength === 'number' ? text.padEnd(Math.min(minLength, 1_000), 'x') : text;
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? minimum : 1;
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'array':
      return typeof minItems === 'number' && minItems > 0 ? [sample(items ?? {}, text, depth + 1)] : [];
    default: {
      const members = properties as JsonObject | undefined;
      const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
      return Object.fromEntries(names.map((name) => [name, sample(members?.[name] ?? {}, text, depth + 1)]));
    }
  }
}
