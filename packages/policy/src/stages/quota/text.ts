/**
 * A log as the store keeps it: `[1795272525255,1,572,2]` is one unit at the first time, two 572 ms later. The small
 * numbers are what counts: a full log is written and read anew with every spend from it.
 */
import type { QuotaLog } from '../../vocabulary.js';

export function quotaLogText(log: QuotaLog): string {
  const numbers: number[] = [];
  let before = 0;
  for (const [at, count] of log) {
    numbers.push(at - before, count);
    before = at;
  }
  return JSON.stringify(numbers);
}

export function readQuotaLog(text: string): QuotaLog {
  const numbers = JSON.parse(text) as number[];
  const log: [number, number][] = [];
  let at = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    at += numbers[i]!;
    log.push([at, numbers[i + 1]!]);
  }
  return log;
}
