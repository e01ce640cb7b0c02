/** An evaluation as its record and its evidence have it: what an outcome is held against. */
import { commit } from '@reeve/audit';
import { toRequest, type Effect, type EvaluationRequest, type Recorded } from '@reeve/policy';
import { evidenceContext } from '../ledger/records.js';
import type { SubjectKey } from '../ledger/subject-keys.js';
import { decrypt } from '../ledger/vault.js';
import type { EvaluationEvidence } from './evaluation-entry.js';

/** The evaluation an outcome is about, as the batch found it. */
export interface Authorised {
  readonly id: string;
  readonly seq: number;
  /** The evaluation record's signed string. */
  readonly payload: string;
  /** null once the subject was erased. */
  readonly subject: SubjectKey | null;
  readonly ciphertext: Buffer | null;
  /** What the evaluation is found by while its subject is not erased. */
  readonly runId: string | null;
  readonly target: string | null;
  /** The signed string of the outcome that was already reported. */
  readonly outcome: string | null;
}

/** The signed members that comparing needs. */
export interface EvaluationPayload {
  readonly tenant: string;
  readonly at: string;
  readonly actor: {
    readonly caller: { readonly id: string };
    readonly subject: { readonly ref: string };
    readonly assistant: string | null;
  };
  readonly seen: { readonly resource: { readonly id: string | null }; readonly arguments: string };
  readonly decided: { readonly effect: Effect };
}

export interface RecordedEvaluation extends Recorded {
  readonly payload: EvaluationPayload;
  /** Opens the record's commitments; null once the subject was erased. */
  readonly salt: string | null;
}

export const payloadOf = ({ payload }: Authorised): EvaluationPayload =>
  JSON.parse(payload) as EvaluationPayload;

/** Throws `unavailable` when the subject's key does not open. */
export function recordedEvaluation(authorised: Authorised): RecordedEvaluation {
  const payload = payloadOf(authorised);
  const { effect } = payload.decided;
  const decided = { payload, id: authorised.id, decidedAt: Date.parse(payload.at), effect };
  const evidence = evidenceOf(authorised, payload.tenant);
  if (evidence === null) return { ...decided, isAbout: null, request: null, salt: null };
  const { salt } = evidence;
  return {
    ...decided,
    salt,
    // The record's commitment is what was signed; the evidence beside it only opens it.
    isAbout: (args) => commit(salt, args) === payload.seen.arguments,
    request: requestOf(evidence, payload.actor.assistant),
  };
}

function evidenceOf(
  { subject, ciphertext, seq }: Authorised,
  tenantId: string,
): Pick<EvaluationEvidence, 'salt' | 'arguments' | 'request'> | null {
  if (subject === null || ciphertext === null) return null;
  const plain = decrypt(subject.key, ciphertext, evidenceContext(tenantId, seq));
  return JSON.parse(plain.toString()) as EvaluationEvidence;
}

function requestOf(
  { arguments: args, request }: Pick<EvaluationEvidence, 'arguments' | 'request'>,
  assistant: string | null,
): EvaluationRequest {
  const resource = { ...request.resource, properties: { ...request.resource.properties, arguments: args } };
  return toRequest({ ...request, resource }, { keyAssistants: assistant === null ? [] : [assistant] });
}
