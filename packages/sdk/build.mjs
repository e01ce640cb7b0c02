// Promises: dist/ is plain ES modules and their declarations, made anew: one file a source file, nothing bundled.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const home = import.meta.dirname;
rmSync(join(home, 'dist'), { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(home, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
