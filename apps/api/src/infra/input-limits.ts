/**
 * Limits that no input of people may break, wherever it stands: one walk for arguments and bodies that are there and
 * that will be.
 */
import { isStorable, pointerStep } from '@reeve/policy';
import type { InputProblem } from './errors.js';

/** No text of ours is longer; documents and edits are JSON and have limits of their own. */
export const TEXT_MAX = 4_096;
export const LIST_MAX = 1_000;
const DEPTH_MAX = 64;
const PROBLEMS_MAX = 20;

const UNSTORABLE = 'holds NUL or half a surrogate pair';

/** Of a value whose shape is known: its text has a length, its lists an end. */
export function problemsOfInput(value: unknown, at: string): InputProblem[] {
  if (typeof value === 'string' && value.length > TEXT_MAX)
    return [{ path: at, message: `at most ${TEXT_MAX} characters` }];
  if (Array.isArray(value) && value.length > LIST_MAX)
    return [{ path: at, message: `at most ${LIST_MAX} values` }];
  if (typeof value !== 'object' || value === null || value instanceof Date) return problemsOfJson(value, at);
  return Object.entries(value).flatMap(([name, member]) =>
    problemsOfInput(member, `${at}/${pointerStep(name)}`),
  );
}

/** Of any JSON: what PostgreSQL or RFC 8785 cannot hold, in texts, names and numbers. */
export function problemsOfJson(root: unknown, at: string): InputProblem[] {
  const problems: InputProblem[] = [];
  const stack: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: root, path: at, depth: 0 },
  ];
  for (let top = stack.pop(); top !== undefined && problems.length < PROBLEMS_MAX; top = stack.pop()) {
    const { value, path, depth } = top;
    if (typeof value === 'string' && !isStorable(value)) problems.push({ path, message: UNSTORABLE });
    if (typeof value === 'number' && !Number.isFinite(value))
      problems.push({ path, message: 'is larger than a number can be' });
    if (typeof value !== 'object' || value === null || value instanceof Date) continue;
    if (depth >= DEPTH_MAX) {
      problems.push({ path, message: `nested deeper than ${DEPTH_MAX}` });
      continue;
    }
    for (const [name, member] of Object.entries(value)) {
      if (!isStorable(name)) problems.push({ path, message: `a name ${UNSTORABLE}` });
      else if (name === '__proto__')
        problems.push({ path, message: '__proto__ is not a name a member can have' });
      else stack.push({ value: member, path: `${path}/${pointerStep(name)}`, depth: depth + 1 });
    }
  }
  return problems;
}
