/** Promises: a body that is no JSON is told apart from a fault of ours. */
import { parseJson } from './lossless-json.js';
import { UndecodableError } from './refusals.js';

export function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new UndecodableError('The body is no JSON.', { cause: error });
  }
}
