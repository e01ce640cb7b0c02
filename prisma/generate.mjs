// Promises: writes the Prisma client to prisma/src/generated, offline, on every operating system.
//
// The Prisma CLI downloads its schema engine at start even for `generate`, which never runs it. Naming any
// file that exists as the engine keeps the CLI off the network; the running Node is such a file.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
const command = process.argv[2] ?? 'generate';

const { status, stdout, stderr, error } = spawnSync(
  process.execPath,
  [cli, command, '--schema', `${here}/schema.prisma`],
  {
    cwd: dirname(here),
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      NO_COLOR: '1',
    },
  },
);

if (error || status !== 0) {
  process.stderr.write(
    `prisma ${command} failed\n${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`,
  );
  process.exit(status || 1);
}
