/**
 * The recorded agents again and again, at a calm pace, so that a demo lives. The log keeps whatever is asked, so there is
 * an end: so many calls in the life of a deployment, counted in a file.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { readRecording, type RecordedRun } from './recording.js';
import { replay, type ReplayOptions } from './replay.js';

export interface PlayOnOptions extends Pick<ReplayOptions, 'url' | 'credentials' | 'recording' | 'traces'> {
  readonly callsAMinute: number;
  /** In the life of the deployment; a call and its outcome take some 5 kB. */
  readonly callsMax: number;
  /** Keeps how many there were. */
  readonly counter: string;
  readonly signal: AbortSignal;
}

/** Answers when `callsMax` are played; rejects when Reeve does not answer, or with the signal's reason. */
export async function playOn({ callsAMinute, callsMax, counter, ...options }: PlayOnOptions): Promise<void> {
  const recording = options.recording ?? readRecording();
  let played = await countIn(counter);
  for (let turn = played; played < callsMax; turn++) {
    const run = recording[(turn * STRIDE) % recording.length];
    if (run === undefined) return;
    const { calls } = await replay({
      ...options,
      recording: [again(run, played)],
      gapMs: 60_000 / callsAMinute,
      concurrency: 1,
    });
    played += Math.max(1, calls);
    await keep(counter, played);
  }
}

/** Prime to any number of runs that is near, so that the tenants take turns. */
const STRIDE = 97;

/** A conversation of its own: the same one would be known already. */
const again = (run: RecordedRun, played: number): RecordedRun => ({
  ...run,
  run: `${run.run}/${played}`,
  recorded: run.run,
});

async function countIn(file: string): Promise<number> {
  try {
    const count = Number(await readFile(file, 'utf8'));
    return Number.isSafeInteger(count) && count >= 0 ? count : 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Whole or not at all: half a number would begin anew. */
async function keep(file: string, count: number): Promise<void> {
  await writeFile(`${file}.new`, String(count), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
