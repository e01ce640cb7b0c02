/**
 * What goes over the wire, as types of this package's own, so that it depends on nothing. `wire.test.ts` fails to
 * compile when they are not the contract's.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

export interface Subject {
  readonly type: string;
  readonly id: string;
  readonly properties?: { readonly [name: string]: unknown } | undefined;
}

/** What a run was doing when it asks. */
export interface Context {
  /** The assistant that asks; may be left out with a key that speaks for one only. */
  readonly agent?: string | undefined;
  readonly run_id?: string | undefined;
  readonly thread_id?: string | undefined;
  /** `background` when it is not said: nobody is assumed to be watching. */
  readonly channel?: 'interactive' | 'background' | 'sub_agent' | undefined;
  readonly trace_id?: string | undefined;
  readonly span_id?: string | undefined;
  readonly [member: string]: unknown;
}

/** OpenID AuthZEN Authorization API 1.0. */
export interface EvaluationBody {
  readonly subject: Subject;
  readonly action: {
    readonly name: string;
    readonly properties?: { readonly [name: string]: unknown } | undefined;
  };
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: { readonly [name: string]: unknown } | undefined;
  };
  readonly context?: Context | undefined;
}

/** What Reeve says beside `decision`. */
export interface AnswerContext {
  readonly evaluation_id: string;
  readonly effect: 'allow' | 'confirm' | 'approve' | 'replay' | 'deny';
  readonly reason: string;
  readonly reason_user: string;
  readonly reason_admin: string;
  /** Which argument is wrong and where, what is left of a quota and when it resets. */
  readonly detail?: { readonly [name: string]: Json } | undefined;
  readonly obligations: readonly Json[];
  readonly policy_revision: number;
  readonly mode: 'normal' | 'answers_only' | 'read_only' | 'stopped';
  /** JSON Pointers of members of the question that mean nothing to Reeve. */
  readonly ignored?: readonly string[] | undefined;
}

interface Happened {
  readonly arguments?: Json | undefined;
  readonly result?: Json | undefined;
  readonly result_digest?: string | undefined;
  readonly error?: { readonly type: string; readonly message?: string | undefined } | undefined;
  readonly started_at?: string | undefined;
  readonly ended_at?: string | undefined;
  readonly latency_ms?: number | undefined;
  readonly cost_usd?: number | undefined;
  readonly trace_id?: string | undefined;
  readonly span_id?: string | undefined;
}

/** What came of an evaluation. */
export interface OutcomeReport extends Happened {
  readonly evaluation_id: string;
  readonly status: 'succeeded' | 'failed' | 'not_executed';
}

/** What came of a call that no evaluation stands behind. */
export interface UngovernedReport extends Happened {
  /** A UUID of the reporter's: the same report twice is one record. */
  readonly report_id: string;
  /** Nobody asked, or there was no answer and reads are open. */
  readonly cause: 'not_asked' | 'no_answer';
  readonly subject: { readonly type: string; readonly id: string };
  readonly tool: string;
  readonly agent?: string | undefined;
  readonly run_id?: string | undefined;
  readonly thread_id?: string | undefined;
  readonly status: 'succeeded' | 'failed';
}
