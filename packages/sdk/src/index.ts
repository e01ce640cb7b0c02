/** The enforcement point of an agent in TypeScript: `ask` before, `report` after, or `guard` for both. */
export { Reeve, type AskOptions, type ReeveOptions, type ToolCall } from './reeve.js';
export type { Allowed, Answer, Denied, FailMode, No, NoAnswer, Opened, ToolClass, Yes } from './answer.js';
export type { Failure, FailureReason, Problem } from './failure.js';
export type { Guarded, GuardedCall, GuardOptions } from './guard.js';
export { memoryJournal, type Entry, type Journal, type Kept } from './journal.js';
export type { Reported, Unreported } from './outbox.js';
export type {
  AnswerContext,
  Context,
  EvaluationBody,
  Json,
  JsonObject,
  OutcomeReport,
  Subject,
  UngovernedReport,
} from './wire.js';
