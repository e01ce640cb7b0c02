/** Verifies one file away from the page's thread; posts progress, then the verdict. */
import type { Verdict } from '@reeve/audit/chain';
import { verifyFile, type VerifyProgress } from './verify-file.js';

export type FromVerifier =
  | { readonly kind: 'progress'; readonly progress: VerifyProgress }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly message: string };

const answer = (message: FromVerifier) => postMessage(message);

addEventListener('message', (event: MessageEvent<File>) => {
  verifyFile(event.data, (progress) => answer({ kind: 'progress', progress })).then(
    (verdict) => answer({ kind: 'verdict', verdict }),
    (failure: unknown) =>
      answer({ kind: 'failed', message: failure instanceof Error ? failure.message : 'unreadable' }),
  );
});
