/**
 * A search: the questions that a body leaves open, one for each candidate. What would be allowed is a result, so a result
 * is never promised beside the decision.
 */
import type { CompiledPolicy } from '../document/compile.js';
import { toRequest, type EvaluationBody, type Speaker } from '../contract/evaluation.js';
import type { ActionSearchBody, ResourceSearchBody, SubjectSearchBody } from '../contract/search.js';
import type { EvaluationRequest } from '../vocabulary.js';

export type SearchKind = 'subject' | 'resource' | 'action';

export type Search =
  | { readonly kind: 'subject'; readonly body: SubjectSearchBody }
  | { readonly kind: 'resource'; readonly body: ResourceSearchBody }
  | { readonly kind: 'action'; readonly body: ActionSearchBody };

/** The question about one candidate: an id of the type that is searched for, or an action. */
export function searchFor(search: Search, candidate: string, speaker: Speaker): EvaluationRequest {
  return toRequest(bodyFor(search, candidate), speaker);
}

function bodyFor({ kind, body }: Search, candidate: string): EvaluationBody {
  switch (kind) {
    case 'subject':
      return { ...body, subject: { ...body.subject, id: candidate } };
    case 'resource':
      return { ...body, resource: { ...body.resource, id: candidate } };
    case 'action':
      return { ...body, action: { name: candidate } };
  }
}

/** The candidate that a question is about. */
export function keyOf(kind: SearchKind, { subject, resource, action }: EvaluationRequest): string {
  return kind === 'subject' ? subject.id : kind === 'resource' ? resource.id : action.name;
}

/** Actions that the policy has for such a resource, in order, behind `after`. */
export function actionsOn({ resourceTypes }: CompiledPolicy, type: string, after: string): string[] {
  const actions = type === 'tool' ? ['tools/call'] : [...(resourceTypes.get(type)?.actions.keys() ?? [])];
  return actions.filter((name) => name > after).sort();
}

export const toolsAfter = ({ tools }: CompiledPolicy, after: string): string[] =>
  [...tools.keys()].filter((name) => name > after).sort();
