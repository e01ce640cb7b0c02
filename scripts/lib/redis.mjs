// Promises: a Valkey or Redis server of this machine for the one test that needs it, or that the test is left out.
import { aptInstall, canInstall, findProgram } from './programs.mjs';
import { Failure } from './run.mjs';

export const findRedis = () => findProgram(['valkey-server', 'redis-server']);

/** Answers what to say where there is none: nothing else depends on it, so nothing fails over it. */
export async function ensureRedis(note) {
  try {
    if (!findRedis() && canInstall()) await aptInstall('redis-server', note);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return findRedis() ? '' : 'neither valkey-server nor redis-server: the test of REDIS_URL is skipped';
}
