/**
 * One replay in the life of a deployment: each run is noted in a file before it begins, so that a start that was killed
 * goes on with the runs that had not begun, and none is ever played twice.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { readRecording } from './recording.js';
import { replay, type ReplayOptions } from './replay.js';
import type { ReplayReport } from './tally.js';

/** Answers null when there is nothing left to play. */
export async function replayOnce(
  options: ReplayOptions & { readonly journal: string },
): Promise<ReplayReport | null> {
  const begun = new Set(await lines(options.journal));
  const recording = (options.recording ?? readRecording()).filter(({ run }) => !begun.has(run));
  if (recording.length === 0) return null;
  return replay({
    ...options,
    recording,
    async onRun(run) {
      await appendFile(options.journal, `${run.run}\n`, { mode: 0o600 });
      await options.onRun?.(run);
    },
  });
}

async function lines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
