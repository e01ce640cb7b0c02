// Promises: HAProxy on this machine for the test of routing by tenant, or that the test is left out.
import { aptInstall, canInstall, findProgram } from './programs.mjs';
import { Failure } from './run.mjs';

export const findHaproxy = () => findProgram(['haproxy'], ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy']);

/** Answers what to say where there is none: nothing else depends on it, so nothing fails over it. */
export async function ensureHaproxy(note) {
  try {
    if (!findHaproxy() && canInstall()) await aptInstall('haproxy', note);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return findHaproxy() ? '' : 'no haproxy: the test of routing by tenant is skipped';
}
