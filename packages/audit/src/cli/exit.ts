import type { Verdict } from '../verdict.js';

/** Exit statuses: one per verdict, then those of sysexits.h for wrong usage and for our own failure. */
export const EXIT = {
  verified: 0,
  broken: 1,
  incomplete: 2,
  unknown_key: 3,
  consistent: 4,
  usage: 64,
  failure: 70,
} as const satisfies Record<Verdict['verdict'] | 'usage' | 'failure', number>;
