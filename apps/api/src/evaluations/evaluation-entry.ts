/** A decided question as a ledger entry: the record says who, what was seen and what was decided, and nothing personal. */
import { canonical, commitText } from '@reeve/audit';
import type { EvaluationRequest, JsonObject } from '@reeve/policy';
import { freshBytes } from '../ledger/fresh-bytes.js';
import type { Entry } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { encrypt } from '../ledger/vault.js';
import type { Evaluated } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

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
    action: request.action,
    context,
    resource: { ...request.resource, properties: withoutArguments(request.resource.properties) },
    subject: request.subject,
  });
  return {
    id,
    kind: 'evaluation',
    // Members in canonical order throughout: sealing them costs a third then.
    body: {
      actor: {
        assistant: request.assistant,
        caller: { id: caller.keyId, type: 'api_key' },
        channel: request.channel,
        run_id: request.runId,
        subject: { ref: subject.ref, type: request.subject.type },
        thread_id: request.threadId,
      },
      decided: {
        detail: decision.detail,
        effect: decision.effect,
        mode: decision.mode,
        policy_revision: policyRevision,
        reason: decision.reason,
        trail: decision.trail as unknown as JsonObject[],
      },
      seen: {
        action: request.action.name,
        arguments: commitText(salt, argumentsText),
        inputs: context['inputs'] ?? [],
        request: commitText(salt, requestText),
        resource: { id: request.resource.id, type: request.resource.type },
        span_id: context['span_id'] ?? null,
        trace_id: context['trace_id'] ?? null,
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
