/** Plays the recorded agents once in the life of a demo, so that its console is not empty. Serving goes on meanwhile. */
import { join } from 'node:path';
import { replayOnce, type ReplayOptions } from '@reeve/replay';

/** Where it says how far it is. */
const STEP_PERCENT = 20;

/** Never throws: a demo without history is still a demo. What was not played is played at the next start. */
export async function playFirst(
  options: Pick<ReplayOptions, 'url' | 'credentials'> & {
    readonly dataDir: string;
    readonly signal: AbortSignal;
  },
  say: (line: string) => void,
): Promise<void> {
  const { url, credentials, dataDir, signal } = options;
  let next = STEP_PERCENT;
  try {
    const report = await replayOnce({
      url,
      credentials,
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
  } catch (error) {
    if (!signal.aborted)
      say(`demo: the replay stopped: ${error instanceof Error ? error.message : String(error)}`);
  }
}
