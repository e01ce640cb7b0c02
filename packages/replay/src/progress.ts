/** A bar on a terminal, a line now and then in a log. */
import { Presets, SingleBar } from 'cli-progress';
import type { ReplayProgress } from './replay.js';

export interface ProgressBar {
  readonly update: (progress: ReplayProgress) => void;
  readonly stop: () => void;
}

export function progressBar(out: NodeJS.WriteStream): ProgressBar {
  return out.isTTY ? bar(out) : lines((line) => out.write(`${line}\n`));
}

function bar(stream: NodeJS.WriteStream): ProgressBar {
  const format = 'replay {bar} {value}/{total} calls, {allowed} allowed, {eta_formatted} left';
  const single = new SingleBar({ stream, format, hideCursor: true }, Presets.shades_classic);
  let running = false;
  return {
    update({ calls, ofCalls, allowed }) {
      if (!running) single.start(ofCalls, 0, { allowed: 0 });
      running = true;
      single.update(calls, { allowed });
    },
    stop() {
      if (running) single.stop();
      running = false;
    },
  };
}

/** One line for each tenth. */
export function lines(write: (line: string) => void): ProgressBar {
  let tenths = 0;
  return {
    update({ calls, ofCalls, allowed }) {
      const now = Math.floor((calls * 10) / ofCalls);
      if (now <= tenths) return;
      tenths = now;
      write(`replay: ${now * 10} % (${calls} of ${ofCalls} calls, ${allowed} allowed)`);
    },
    stop() {},
  };
}
