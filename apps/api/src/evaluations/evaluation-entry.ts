/** A decided question as a ledger entry: the record says who, what was seen and what was decided, and nothing personal. */
import { canonical, commitText } from '@reeve/audit';
import {
  isNamed,
  UNKNOWN_NAME,
  withoutQuotes,
  type CompiledPolicy,
  type EvaluationRequest,
  type Facts,
  type Findings,
  type JsonObject,
} from '@reeve/policy';
import { freshBytes } from '../ledger/fresh-bytes.js';
import type { Entry } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { encrypt } from '../ledger/vault.js';
import type { Evaluated, Named } from './work.js';
import type { AgentCaller } from '../auth/agent-caller.js';

/** What is encrypted beside an evaluation's record. The salt opens the record's commitments. */
export interface EvaluationEvidence {
  readonly salt: string;
  readonly arguments: EvaluationRequest['arguments'];
  readonly request: {
    readonly action: EvaluationRequest['action'];
    readonly context: JsonObject;
    readonly resource: EvaluationRequest['resource'];
    readonly subject: EvaluationRequest['subject'];
  };
  /** What the tenant itself said of the subject and the resource then, where it said anything. */
  readonly known?: { readonly attributes?: JsonObject; readonly properties?: JsonObject };
  /** Where the record's findings leave out what they quote: all of them. */
  readonly findings?: Findings;
}

/** What of a request is said in the clear: words that the policy has, too. */
export function namedIn({ assistant, action, resource }: EvaluationRequest, policy: CompiledPolicy): Named {
  const nameOf = (word: string | null) => (word !== null && isNamed(word, policy) ? word : null);
  return {
    assistant: nameOf(assistant),
    action: nameOf(action.name),
    type: nameOf(resource.type),
    target: nameOf(resource.id),
  };
}

/** Of the request the record holds what `policy` names, in the clear; everything else by its commitment. */
export function evaluationEntry(
  caller: AgentCaller,
  request: EvaluationRequest,
  { id, decision, policyRevision, named }: Evaluated,
  subject: SubjectKey,
  facts: Pick<Facts, 'policy' | 'subject' | 'resource'>,
): Entry {
  const { policy } = facts;
  const { action, context, resource } = request;
  const salt = freshBytes(16).toString('hex');
  const argumentsText = canonical(request.arguments);
  const requestText = canonical({
    action,
    context,
    resource: { ...resource, properties: withoutArguments(resource.properties) },
    subject: request.subject,
  });
  const knownText = knownOf(facts);
  const unquoted = withoutQuotes(decision, request, policy);
  const findingsText =
    unquoted === null ? null : canonical({ detail: decision.detail, trail: decision.trail });
  const { detail, trail } = unquoted ?? decision;
  const { assistant, target } = named;
  return {
    id,
    kind: 'evaluation',
    // Members in canonical order throughout: sealing them costs a third then.
    body: {
      actor: {
        assistant,
        caller: { id: caller.keyId, type: 'api_key' },
        channel: request.channel,
        subject: { ref: subject.ref },
      },
      decided: {
        detail,
        effect: decision.effect,
        findings: findingsText === null ? null : commitText(salt, findingsText),
        mode: decision.mode,
        policy_revision: policyRevision,
        reason: decision.reason,
        trail: trail as unknown as JsonObject[],
      },
      seen: {
        action: named.action,
        arguments: commitText(salt, argumentsText),
        ...(knownText !== null && { known: commitText(salt, knownText) }),
        request: commitText(salt, requestText),
        resource: { id: target, type: named.type },
      },
    },
    index: {
      action: named.action ?? UNKNOWN_NAME,
      target: target ?? UNKNOWN_NAME,
      actorId: caller.keyId,
      effect: decision.effect,
      reason: decision.reason,
      assistant,
      subjectRef: subject.ref,
    },
    evidence: {
      subjectRef: subject.ref,
      runId: request.runId,
      target: target === null ? resource.id : null,
      // An EvaluationEvidence, put together from what was committed to.
      seal: (place) => {
        const findings = findingsText === null ? '' : `"findings":${findingsText},`;
        const known = knownText === null ? '' : `"known":${knownText},`;
        const evidence = `{"arguments":${argumentsText},${findings}${known}"request":${requestText},"salt":"${salt}"}`;
        return encrypt(subject.key, Buffer.from(evidence), place);
      },
    },
  };
}

/** null: the tenant said nothing. */
function knownOf({ subject, resource }: Pick<Facts, 'subject' | 'resource'>): string | null {
  const attributes = subject?.attributes;
  const properties = resource?.properties;
  if (attributes === undefined && properties === undefined) return null;
  return canonical({ ...(attributes && { attributes }), ...(properties && { properties }) });
}

function withoutArguments({ arguments: _, ...rest }: JsonObject): JsonObject {
  return rest;
}
