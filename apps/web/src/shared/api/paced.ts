/** Does something again and again, as often as it is asked to and no oftener than it can be done. */
export interface Paced {
  /** It will be done once more, from its beginning, after this. */
  ask(): void;
  stop(): void;
}

/**
 * Never twice at once, and `pauseMs` before each: a reader that begins anew at each message would never come to an end
 * while messages come faster than answers. `task` never rejects.
 */
export function paced(task: () => Promise<void>, pauseMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: 'idle' | 'due' | 'busy' | 'asked again' | 'stopped' = 'idle';
  const wait = () => {
    state = 'due';
    timer = setTimeout(() => void run(), pauseMs);
  };
  const run = async () => {
    state = 'busy';
    await task();
    if (isAskedAgain()) wait();
    else if (state === 'busy') state = 'idle';
  };
  const isAskedAgain = () => state === 'asked again';
  return {
    ask() {
      if (state === 'idle') wait();
      else if (state === 'busy') state = 'asked again';
    },
    stop() {
      clearTimeout(timer);
      state = 'stopped';
    },
  };
}
