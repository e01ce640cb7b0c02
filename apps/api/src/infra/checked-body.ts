/** Agents' bodies against their JSON Schema. Validators are compiled: zod is too slow where every request passes. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { DomainError, type InputProblem } from './errors.js';

export const ajv = new Ajv2020({
  allErrors: true,
  coerceTypes: false,
  removeAdditional: false,
  strict: false,
});

/** Throws `bad_request` with a JSON Pointer for each thing that is wrong. */
export function check<T>(valid: ValidateFunction<T>, body: unknown): T {
  if (valid(body)) return body;
  const problems = problemsOf(valid);
  throw new DomainError('bad_request', sentenceOf(problems), { problems });
}

export const problemsOf = ({ errors }: ValidateFunction, at = ''): InputProblem[] =>
  errors!
    .slice(0, 100)
    .map((error) =>
      error.keyword === 'required'
        ? { path: `${at}${error.instancePath}/${error.params['missingProperty']}`, message: 'is required' }
        : { path: at + error.instancePath, message: error.message ?? 'is not valid' },
    );

export const sentenceOf = ([first]: readonly InputProblem[]): string =>
  `${first!.path || 'the body'} ${first!.message}`;
