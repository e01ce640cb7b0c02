/** A decided question as a ledger entry: the record says who, what was seen and what was decided, and nothing personal. */
import { canonical, commitText } from '@reeve/audit';
import type { EvaluationRequest, JsonObject } from '@reeve/policy';
import { freshBytes } from '../ledger/fresh-bytes.js';
import type { Entry } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { encrypt } from '../ledger/vault.js';
import type { AgentCaller, Evaluated } from './work.js';

/** What is encrypted beside an evaluation's record. The salt opens the record's commitments. */
export interface EvaluationEvidence {
  readonly salt: string;
  readonly arguments: EvaluationRequest['arguments'];
  readonly request: JsonObject;
}

export function evaluationEntry(
  caller: AgentCaller,
  request: EvaluationRequest,
  { id, decision, policyRevision }: Evaluated,
  subject: SubjectKey,
): Entry {
  const { context } = request;
  const salt = freshBytes(16).toString('hex');
  const argumentsText = canonical(request.arguments);
  const requestText = canonical({
    subject: request.subject,
    action: request.action,
    resource: { ...request.resource, properties: withoutArguments(request.resource.properties) },
    context,
  });
  return {
    id,
    kind: 'evaluation',
    body: {
      actor: {
        caller: { type: 'api_key', id: caller.keyId },
        subject: { type: request.subject.type, ref: subject.ref },
        assistant: request.assistant,
        channel: request.channel,
        run_id: request.runId,
        thread_id: request.threadId,
      },
      seen: {
        action: request.action.name,
        resource: { type: request.resource.type, id: request.resource.id },
        arguments: commitText(salt, argumentsText),
        request: commitText(salt, requestText),
        inputs: context['inputs'] ?? [],
        trace_id: context['trace_id'] ?? null,
        span_id: context['span_id'] ?? null,
      },
      decided: {
        effect: decision.effect,
        reason: decision.reason,
        mode: decision.mode,
        policy_revision: policyRevision,
        detail: decision.detail,
        trail: decision.trail as unknown as JsonObject[],
      },
    },
    index: {
      action: request.action.name,
      target: request.resource.id,
      actorId: caller.keyId,
      effect: decision.effect,
      reason: decision.reason,
      assistant: request.assistant,
      subjectRef: subject.ref,
      runId: request.runId,
    },
    evidence: {
      subjectRef: subject.ref,
      // An EvaluationEvidence, put together from what was committed to.
      seal: (place) => {
        const evidence = `{"arguments":${argumentsText},"request":${requestText},"salt":"${salt}"}`;
        return encrypt(subject.key, Buffer.from(evidence), place);
      },
    },
  };
}

function withoutArguments({ arguments: _, ...rest }: JsonObject): JsonObject {
  return rest;
}
