/**
 * Compiles a document before it is published, in a thread of its own: what a tenant wrote is bounded, and yet nobody
 * else waits for it. A thread that takes too long is ended, and the answer names what it was at.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PolicyDocument, PolicyProblem } from '@reeve/policy';

/** The thread's words: where it is, and in the end what is wrong. */
export type CheckerMessage = { readonly compiling: string } | { readonly problems: readonly PolicyProblem[] };

/** A document as large as it may be takes a second or two; the rest is for a busy machine. */
const DEADLINE_MS = 15_000;
const MEMORY_MB = 512;

@Injectable()
export class PolicyCheckerService implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();

  /** One document at a time: threads would share the same cores. */
  problemsOf(document: PolicyDocument): Promise<readonly PolicyProblem[]> {
    const problems = this.last.then(() => this.check(document));
    this.last = problems.catch(() => undefined);
    return problems;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
  }

  private async check(document: PolicyDocument): Promise<readonly PolicyProblem[]> {
    const worker = (this.worker ??= startWorker());
    const { promise, resolve, reject } = withResolvers<readonly PolicyProblem[]>();
    let at = '';
    const end = (message: string) => {
      this.worker = null;
      void worker.terminate();
      resolve([{ path: at, message }]);
    };
    const late = setTimeout(() => end(`takes more than ${DEADLINE_MS / 1000} s to compile`), DEADLINE_MS);
    const heard = (said: CheckerMessage) => {
      if ('problems' in said) resolve(said.problems);
      else at = said.compiling;
    };
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return end(`takes more than ${MEMORY_MB} MB to compile`);
      this.worker = null;
      reject(error);
    };
    worker.on('message', heard);
    worker.on('error', failed);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(document);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      worker.off('message', heard);
      worker.off('error', failed);
    }
  }
}

function startWorker(): Worker {
  const file = BUILT.find((url) => existsSync(url));
  if (file === undefined) throw new Error('the API is not built: there is no check-policy.js');
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  // Between two documents nobody else hears of it.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}

/** Beside what is running when that is bundled; where the build puts it when tests run the sources. */
const BUILT = ['check-policy.js', '../check-policy.js', '../../dist/check-policy.js'].map(
  (file) => new URL(file, import.meta.url),
);

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
