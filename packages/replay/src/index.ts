/**
 * Recorded agents, played again: each conversation asks and accounts in the order it was recorded, through the public
 * API and with nothing but an agent's key. Conversations run beside each other.
 */
export {
  ANONYMOUS,
  customersOf,
  readRecording,
  subjectOf,
  type Domain,
  type RecordedCall,
  type RecordedRun,
} from './recording.js';
export { replay, type ReplayOptions, type ReplayProgress } from './replay.js';
export { playOn } from './play-on.js';
export { readTraces, traceOf, type Trace, type Traces } from './traces.js';
export { playScenes } from './scenes.js';
export { replayOnce } from './once.js';
export { PdpError } from './pdp.js';
export type { ReplayReport, RuleTally, ToolTally } from './tally.js';
export { summary } from './tables.js';
