/**
 * The life of a demo while it serves: the recorded agents once, so that the console is not empty; then a few scenes
 * that they do not show; then the agents again at a calm pace, so that it lives.
 */
import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoCredentials } from '@reeve/db/seed';
import { playOn, playScenes, readTraces, replayOnce } from '@reeve/replay';

/** Steps at which it says how far it is. */
const STEP_PERCENT = 20;

/** Half a gigabyte of log, three and a half days at 20 a minute: a demo does not fill a disk. */
const LIVE_CALLS_MAX = 100_000;

/** Never throws: a demo without history is still a demo. What was not played is played at the next start. */
export async function playDemo(
  options: {
    readonly url: string;
    readonly credentials: DemoCredentials;
    readonly dataDir: string;
    /** 0: the recording once, and no more. */
    readonly callsAMinute: number;
    readonly signal: AbortSignal;
  },
  say: (line: string) => void,
): Promise<void> {
  const { url, credentials, dataDir, callsAMinute, signal } = options;
  const traces = readTraces();
  let next = STEP_PERCENT;
  try {
    const report = await replayOnce({
      url,
      credentials,
      traces,
      signal,
      journal: join(dataDir, 'demo-replay.log'),
      // Beside whoever looks at the console already.
      concurrency: 8,
      onProgress({ calls, ofCalls }) {
        const percent = Math.floor((100 * calls) / ofCalls);
        if (percent < next) return;
        say(`demo: ${percent} % of the recorded calls played (${calls} of ${ofCalls})`);
        next = percent + STEP_PERCENT;
      },
    });
    if (report !== null)
      say('demo: the recorded agents were played; `npm run replay` plays them again and shows a table');
    if (callsAMinute === 0) return;
    await scenesOnce(url, credentials, join(dataDir, 'demo-scenes.done'));
    await playOn({
      url,
      credentials,
      traces,
      signal,
      callsAMinute,
      callsMax: LIVE_CALLS_MAX,
      counter: join(dataDir, 'demo-live.count'),
    });
    say(`demo: ${LIVE_CALLS_MAX} calls were played since the first start; it rests now`);
  } catch (error) {
    if (!signal.aborted)
      say(`demo: the replay stopped: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function scenesOnce(url: string, credentials: DemoCredentials, done: string): Promise<void> {
  if (existsSync(done)) return;
  await playScenes(url, credentials);
  await writeFile(done, '', { mode: 0o600 });
}
