/** The thread behind policy-checker.service.ts: documents in, what is wrong with them out. */
import { parentPort } from 'node:worker_threads';
import { checkPolicy, type PolicyDocument } from '@reeve/policy';
import type { CheckerMessage } from './policy-checker.service.js';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (message: CheckerMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', (document: PolicyDocument) =>
  say({ problems: checkPolicy(document, (compiling) => say({ compiling })) }),
);
