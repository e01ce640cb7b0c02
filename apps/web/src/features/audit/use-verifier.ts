import { useCallback, useEffect, useRef, useState } from 'react';
import type { Verdict } from '@reeve/audit/chain';
import type { VerifyProgress } from './verify-file.js';
import type { FromVerifier } from './verify.worker.js';

export type Verification =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly file: File; readonly progress: VerifyProgress }
  | { readonly state: 'done'; readonly file: File; readonly verdict: Verdict; readonly tookMs: number }
  /** Cancelled or unreadable: nothing is claimed. */
  | { readonly state: 'not_verified'; readonly file: File; readonly why: string };

export function useVerifier() {
  const [verification, set] = useState<Verification>({ state: 'idle' });
  const worker = useRef<Worker>(undefined);
  const stop = useCallback(() => worker.current?.terminate(), []);
  useEffect(() => stop, [stop]);

  const verify = useCallback(
    (file: File) => {
      stop();
      const began = performance.now();
      const current = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
      worker.current = current;
      set({ state: 'running', file, progress: { bytes: 0, lines: 0 } });
      current.addEventListener('message', ({ data }: MessageEvent<FromVerifier>) => {
        if (data.kind === 'progress') set({ state: 'running', file, progress: data.progress });
        else if (data.kind === 'verdict')
          set({ state: 'done', file, verdict: data.verdict, tookMs: performance.now() - began });
        else set({ state: 'not_verified', file, why: `The file could not be read: ${data.message}` });
        if (data.kind !== 'progress') current.terminate();
      });
      current.addEventListener('error', () =>
        set({ state: 'not_verified', file, why: 'The verifier did not start in this browser.' }),
      );
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      current.postMessage(file);
    },
    [stop],
  );
  const cancel = useCallback(() => {
    stop();
    set((was) =>
      was.state === 'running'
        ? { state: 'not_verified', file: was.file, why: 'Cancelled before the end.' }
        : was,
    );
  }, [stop]);
  return { verification, verify, cancel };
}
