/** Input through a zod schema, with what is wrong as paths that a form can show. */
import { pointer } from '@reeve/policy';
import type { ZodType } from 'zod';
import { DomainError, type InputProblem } from './errors.js';

/** An issue as Standard Schema libraries report it. */
export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Throws `invalid` with one problem per issue: `/email` of a body, `edits/2/value` of the argument `at`. */
export function valid<T>(schema: ZodType<T>, value: unknown, at = ''): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues, at);
}

export function invalidInput(issues: readonly Issue[], at = ''): DomainError {
  const problems = issues.slice(0, 100).flatMap((issue) => problemsOf(issue, at));
  const [first] = problems;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new DomainError('invalid', `${where}${first?.message ?? 'invalid input'}`, { problems });
}

/** An unknown member is named itself, not only the object it is in. */
function problemsOf(issue: Issue, at: string): InputProblem[] {
  const steps = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
  const path = at + pointer(steps);
  const { keys } = issue as { keys?: unknown };
  if (!Array.isArray(keys) || !issue.message.startsWith('Unrecognized'))
    return [{ path, message: issue.message }];
  return keys.map((key) => ({ path: path + pointer([String(key)]), message: 'unknown member' }));
}
