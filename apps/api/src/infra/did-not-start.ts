import { isDatabaseAway } from './to-domain-error.js';

/** EX_CONFIG of sysexits: starting again would not help, unlike after a crash. */
const REFUSED = 78;

/** Ends a process that could not start, with the sentence and without a stack. */
export function didNotStart(error: unknown): never {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(isDatabaseAway(error) ? 1 : REFUSED);
}
