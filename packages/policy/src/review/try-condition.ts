/** A condition while it is written: what is wrong with it and where, and what it would have said of calls that were made. */
import type { PolicyDocument } from '../document/policy-document.js';
import { compileCondition } from '../expressions/cel/condition.js';
import { Question } from '../matrix/question.js';
import { classOf, targetOf } from '../matrix/target.js';
import type { EvaluationRequest } from '../vocabulary.js';

export interface ConditionProblem {
  readonly message: string;
  /** From 1; null where it is about the whole of it. */
  readonly at: { readonly line: number; readonly column: number } | null;
}

/** null: it can be published. An empty one is no condition. */
export function conditionProblem(source: string): ConditionProblem | null {
  const text = source.trim();
  if (text === '') return null;
  try {
    compileCondition(text);
    return null;
  } catch (error) {
    return problemOf(error instanceof Error ? error.message : 'not an expression', text);
  }
}

function problemOf(message: string, text: string): ConditionProblem {
  const [parsed, line, column] = /^<input>:(\d+):(\d+): /.exec(message) ?? [];
  if (parsed !== undefined)
    return { message: message.slice(parsed.length), at: { line: Number(line), column: Number(column) } };
  const [found, character] = / \(at character (\d+)\)$/.exec(message) ?? [];
  if (found === undefined) return { message, at: null };
  const before = text.slice(0, Number(character) - 1).split('\n');
  const at = { line: before.length, column: before.at(-1)!.length + 1 };
  return { message: message.slice(0, -found.length), at };
}

export type Tried = 'holds' | 'does_not_hold' | 'no_answer';

/** Of one call, by somebody with these roles. `no_answer`: the cell denies it, whichever way it was meant. */
export function tryCondition(
  source: string,
  document: PolicyDocument,
  request: EvaluationRequest,
  roles: readonly string[],
  nowMs: number,
): Tried {
  const { action, resource } = request;
  const tool = resource.type === 'tool' ? resource.id : undefined;
  const name = targetOf({ tool, resourceType: resource.type, action: action.name });
  if (classOf(document, name) === null || conditionProblem(source) !== null) return 'no_answer';
  const definition = tool === undefined ? null : document.tools[tool]!;
  if (source.trim() === '') return 'holds';
  const question = new Question(request, { name, definition }, roles, nowMs);
  const answer = compileCondition(source.trim()).ask(question, question.meter);
  return answer === undefined ? 'no_answer' : answer ? 'holds' : 'does_not_hold';
}
