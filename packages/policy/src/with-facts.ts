/**
 * The request as it is decided: what the tenant itself says of a subject or a resource stands in place of what the
 * request says of it, member by member. What the tenant does not say is the caller's word.
 */
import type { Facts } from './stage.js';
import type { EvaluationRequest, JsonObject } from './vocabulary.js';

export function withFacts(
  request: EvaluationRequest,
  { subject, resource }: Pick<Facts, 'subject' | 'resource'>,
): EvaluationRequest {
  const attributes = subject?.attributes;
  const known = resource?.properties;
  if (attributes === undefined && known === undefined) return request;
  return {
    ...request,
    subject: { ...request.subject, properties: over(request.subject.properties, attributes) },
    resource: { ...request.resource, properties: over(request.resource.properties, known) },
  };
}

const over = (said: JsonObject, known: JsonObject | undefined): JsonObject =>
  known === undefined ? said : { ...said, ...known };
