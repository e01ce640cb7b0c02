/** States of what comes in, in words; each with how it stands. */
import type { Tone } from '../../shared/ui/status.js';
import type { Backfill, Langfuse, Receiver } from './connections.queries.js';

const RECEIVERS: Readonly<Record<string, string>> = {
  otlp_traces: 'Traces, by OTLP',
  otlp_metrics: 'Metrics, by OTLP',
  otlp_logs: 'Logs, by OTLP',
  langfuse: 'Traces, from Langfuse',
};
export const receiverName = ({ receiver }: Pick<Receiver, 'receiver'>): string =>
  RECEIVERS[receiver] ?? receiver;

export function receiverState({ lastSeen, rejected }: Pick<Receiver, 'lastSeen' | 'rejected'>): {
  readonly tone: Tone;
  readonly word: string;
} {
  if (lastSeen == null) return { tone: 'unknown', word: 'nothing for two days' };
  return rejected > 0 ? { tone: 'warn', word: 'not all was taken' } : { tone: 'ok', word: 'all was taken' };
}

/** One that has an error and is asked again is no good news and no end either. */
export function langfuseState({ state, error, pulledAt }: Pick<Langfuse, 'state' | 'error' | 'pulledAt'>): {
  readonly tone: Tone;
  readonly word: string;
} {
  if (state === 'stopped') return { tone: 'crit', word: 'stopped' };
  if (state === 'paused') return { tone: 'unknown', word: 'paused' };
  if (error != null) return { tone: 'warn', word: 'asked again soon' };
  return pulledAt == null ? { tone: 'unknown', word: 'not read yet' } : { tone: 'ok', word: 'reading' };
}

/** The one that has not ended; one that failed can go on. */
export const underWay = ({ backfills }: Pick<Langfuse, 'backfills'>): Backfill | undefined =>
  backfills.find(({ state }) => state !== 'done' && state !== 'cancelled');
