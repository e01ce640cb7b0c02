// Promises: every workspace is built; what did not change is taken from the cache in this checkout.
import { join } from 'node:path';
import { ROOT, tool } from './run.mjs';

const env = {
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  TURBO_CACHE_DIR: join(ROOT, '.turbo', 'cache'),
};

/** Runs turbo tasks everywhere; the note names the workspace that last said something. */
export function turbo(tasks, note = () => undefined) {
  return tool(
    'turbo/bin/turbo',
    ['run', ...tasks, '--output-logs=errors-only', '--cache=local:rw', '--no-color'],
    {
      env,
      onLine: (line) => {
        const workspace = /^(@reeve\/\w+):/.exec(line)?.[1];
        if (workspace) note(workspace);
      },
    },
  );
}

/** What a compiler reads and nobody commits: the Prisma client, the typed GraphQL documents. */
export const generate = (note) => turbo(['generate', 'codegen'], note);

export const build = (note) => turbo(['build'], note);
