/** The object the page shows in full right now, for what can be done to it from anywhere: a stop begins with it. */
import { useEffect, useSyncExternalStore } from 'react';

export interface Showing {
  readonly tool?: string | undefined;
  readonly assistant?: string | undefined;
}

const NOTHING: Showing = {};
let showing = NOTHING;
const listeners = new Set<() => void>();
const set = (next: Showing) => {
  showing = next;
  listeners.forEach((listener) => listener());
};

/** For as long as it is mounted. */
export function useShow({ tool, assistant }: Showing): void {
  useEffect(() => {
    set({ tool, assistant });
    return () => set(NOTHING);
  }, [tool, assistant]);
}

export const useShowing = (): Showing =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => showing,
  );
