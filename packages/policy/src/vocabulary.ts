/**
 * The words of a decision, each with one meaning (docs/glossary.md). Wire names follow OpenID AuthZEN 1.0;
 * PEP, PDP, PIP and PAP are XACML's. Nothing here does anything.
 */
import type { Reason } from './reasons.js';

/** The effects of a stage or a decision. Only `allow` is `decision: true` on the wire. */
export const EFFECTS = ['allow', 'confirm', 'approve', 'replay', 'deny'] as const;
export type Effect = (typeof EFFECTS)[number];

/** The harm a tool can do. `human_only`: an agent may propose it, a person executes. */
export const TOOL_CLASSES = ['read', 'write', 'dangerous', 'human_only'] as const;
export type ToolClass = (typeof TOOL_CLASSES)[number];

/**
 * The place a request comes from. A caller that does not say is taken to be in the `background`: no person is assumed.
 */
export const CHANNELS = ['interactive', 'background', 'sub_agent'] as const;
export type Channel = (typeof CHANNELS)[number];

/** `answers_only`: no tool runs; `read_only`: only tools of class read; `stopped`: nothing at all. */
export const KILL_MODES = ['answers_only', 'read_only', 'stopped'] as const;
export type KillMode = (typeof KILL_MODES)[number];
/** The mode a decision was made in: the strictest switch that applied, or `normal`. */
export type Mode = 'normal' | KillMode;

export const KILL_SCOPES = ['global', 'tenant', 'assistant', 'tool', 'tool_class'] as const;
export type KillScope = (typeof KILL_SCOPES)[number];

export interface KillSwitch {
  readonly id: string;
  readonly scope: KillScope;
  /** Assistant, tool or class; empty for global and tenant. */
  readonly target: string;
  readonly mode: KillMode;
  readonly reason: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** A question, after the wire form was validated. Times and identities are not in it: those are facts. */
export interface EvaluationRequest {
  readonly subject: { readonly type: string; readonly id: string; readonly properties: JsonObject };
  readonly action: { readonly name: string; readonly properties: JsonObject };
  readonly resource: { readonly type: string; readonly id: string; readonly properties: JsonObject };
  /** `resource.properties.arguments`, or an empty object. */
  readonly arguments: Json;
  /** The assistant that asks; null when neither the request nor its credential names one. */
  readonly assistant: string | null;
  readonly channel: Channel;
  readonly runId: string | null;
  readonly threadId: string | null;
  readonly context: JsonObject;
}

/** The tenant's decisions about the subject of a request. */
export interface SubjectFacts {
  readonly roles: readonly string[];
  /** Tools granted or denied beyond the roles. A denial here beats every role. */
  readonly grants: { readonly [tool: string]: 'allow' | 'deny' };
  /** What the tenant says of the subject; absent: nothing. What a request says of it never wins against this. */
  readonly attributes?: JsonObject;
}

/** What the tenant says of a resource that it has registered. What a request says of it never wins against this. */
export interface ResourceFacts {
  readonly properties: JsonObject;
}

/** Spends from one quota key, oldest first: how many at what epoch millisecond. */
export type QuotaLog = readonly (readonly [atMs: number, count: number])[];

export interface TrailEntry {
  readonly stage: string;
  readonly effect: 'pass' | Exclude<Effect, 'allow'>;
  readonly reason?: Reason;
  readonly detail?: JsonObject;
}

/** The answer, with why. `trail` holds every finding up to and including the objection. */
export interface Decision {
  readonly effect: Effect;
  readonly reason: Reason;
  readonly detail: JsonObject;
  readonly mode: Mode;
  readonly trail: readonly TrailEntry[];
}
