// Promises: `npm run replay` plays the recorded agents as the sources say now; bundling takes a tenth of a second.
import { join } from 'node:path';
import { checkNode, install, needsInstall } from './lib/install.mjs';
import { ROOT } from './lib/run.mjs';

checkNode();
if (needsInstall()) await install();
const home = join(ROOT, 'packages/replay');
const { build } = await import('rolldown');
const { default: config } = await import('../packages/replay/rolldown.config.mjs');
await build({ ...config, cwd: home });
await import('../packages/replay/dist/cli.js');
