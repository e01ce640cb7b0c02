/** `reeve-audit`: checks an export offline, and derives the key file that an auditor is given. */
import { run } from './cli/run.js';

// Whoever reads our output may stop early (`| head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));

process.exitCode = await run(process.argv.slice(2));
