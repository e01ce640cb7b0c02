/** Puts every recorded call to a policy in one instant: the worst case for rolling windows. No I/O; for tests and bench. */
import {
  compilePolicy,
  decideAndMove,
  StateMap,
  toRequest,
  type Decision,
  type EvaluationRequest,
} from '@reeve/policy';
import { subjectOf, type RecordedCall, type RecordedRun } from '@reeve/replay';
import { subjectsOf } from './people.js';
import type { DemoTenant } from './tenants.js';

export interface DecidedCall {
  readonly run: RecordedRun;
  readonly call: RecordedCall;
  readonly decision: Decision;
}

export function decideRecording(
  tenant: DemoTenant,
  recording: readonly RecordedRun[],
  { now = Date.UTC(2026, 0, 1), people = subjectsOf(tenant.slug, recording) } = {},
): DecidedCall[] {
  const policy = compilePolicy(tenant.policy);
  const state = new StateMap();
  const subjects = new Map(
    people.map(({ type, id, roles, grants = {} }) => [`${type}/${id}`, { roles, grants }]),
  );
  const decided: DecidedCall[] = [];
  for (const run of recording.filter(({ domain }) => domain === tenant.slug))
    for (const call of run.calls) {
      const request = askFor(tenant, run, call);
      const subject = subjects.get(`${request.subject.type}/${request.subject.id}`) ?? null;
      const caller = { id: 'recording', assistants: [tenant.assistant] };
      const facts = { id: 'recording', now, caller, subject, switches: [], policy, state };
      const { decision, moved } = decideAndMove(request, facts);
      state.take(moved);
      decided.push({ run, call, decision });
    }
  return decided;
}

export function askFor(tenant: DemoTenant, run: RecordedRun, call: RecordedCall): EvaluationRequest {
  const body = {
    subject: { ...subjectOf(run, call) },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: call.tool, properties: { arguments: call.args } },
    context: { agent: tenant.assistant, run_id: run.run, channel: 'interactive' as const },
  };
  return toRequest(body, { keyAssistants: [tenant.assistant] });
}

/** A write that the benchmark found right and that broke no written rule: denying it is a mistake. */
export const isRight = ({ run, call }: Pick<DecidedCall, 'run' | 'call'>): boolean =>
  call.kind === 'write' && run.reward === 1 && call.fails?.length === 0;
