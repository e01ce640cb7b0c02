/** Several questions in one body: which of them are asked, and where each answer goes. */
import {
  endsBatch,
  type EvaluationAnswer,
  type EvaluationRequest,
  type RefusedAnswer,
  type Semantic,
} from '@reeve/policy';
import { answerOf, refusalOf, type Item } from './wire.js';
import type { Evaluated } from './work.js';

export type ItemAnswer = EvaluationAnswer | RefusedAnswer;

/** The questions that go to the loop. One that can't be read is a no: under `deny_on_first_deny` nothing after it is asked. */
export function requestsOf(items: readonly Item[], semantic: Semantic): EvaluationRequest[] {
  const requests: EvaluationRequest[] = [];
  for (const item of items) {
    if ('request' in item) requests.push(item.request);
    else if (endsBatch(semantic, false)) break;
  }
  return requests;
}

/** `evaluated` answers the first of those requests; the list ends where the semantic ends it. */
export function answersOf(
  items: readonly Item[],
  evaluated: readonly Evaluated[],
  semantic: Semantic,
): ItemAnswer[] {
  const answers: ItemAnswer[] = [];
  const next = evaluated.values();
  for (const item of items) {
    const answer = 'request' in item ? answerOf(next.next().value!, item.ignored) : refusalOf(item.problems);
    answers.push(answer);
    if (endsBatch(semantic, answer.decision)) break;
  }
  return answers;
}
