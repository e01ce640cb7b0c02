// Promises: `npm test` on a bare checkout checks everything, and its last line is `N passed, N failed`.
//
// Phases run in order and the first that fails ends the run. `npm test -- --only unit` runs one (or a comma-
// separated few) after what they need; a check that is not a test counts as one failure when it fails.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, install, needsInstall } from './lib/install.mjs';
import { seconds, step } from './lib/progress.mjs';
import { ROOT, stopTools } from './lib/run.mjs';

const reports = join(ROOT, 'reports');
const tally = { passed: 0, failed: 0 };

const phases = [
  { name: 'install', needed: () => needsInstall(), run: install },
  {
    name: 'chromium',
    neededBy: ['browser'],
    run: async (note) => void (process.env.CHROMIUM_PATH = await chromium(note)),
  },
  {
    name: 'redis',
    neededBy: ['integration'],
    run: async (note) => (await import('./lib/redis.mjs')).ensureRedis(note),
  },
  {
    name: 'haproxy',
    neededBy: ['integration'],
    run: async (note) => (await import('./lib/haproxy.mjs')).ensureHaproxy(note),
  },
  {
    name: 'generate',
    neededBy: ['lint', 'boundaries', 'types', 'unit'],
    run: async (note) => (await import('./lib/build.mjs')).generate(note),
  },
  {
    name: 'build',
    neededBy: ['integration', 'browser'],
    run: async (note) => (await import('./lib/build.mjs')).build(note),
  },
  { name: 'lint', run: () => tool('oxlint/bin/oxlint', ['--deny-warnings']) },
  { name: 'format', run: () => tool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']) },
  {
    name: 'boundaries',
    run: () =>
      tool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        'apps',
        'packages',
        'prisma',
        'bench',
        'scripts',
      ]),
  },
  { name: 'types', run: async (note) => (await import('./lib/build.mjs')).turbo(['typecheck'], note) },
  { name: 'unit', run: (note) => vitest('unit', ['unit', 'console'], note) },
  { name: 'integration', run: (note) => vitest('integration', ['integration'], note) },
  { name: 'browser', run: (note) => vitest('browser', ['e2e'], note) },
];

const { values: options } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
const only = options.only?.split(',');
const unknown = only?.filter((name) => !phases.some((phase) => phase.name === name)) ?? [];
if (options.help || unknown.length > 0) {
  process.stdout.write(`npm test [-- --only ${phases.map(({ name }) => name).join(',')}]\n`);
  process.exit(options.help ? 0 : 2);
}

async function tool(...args) {
  return (await import('./lib/run.mjs')).tool(...args);
}

async function chromium(note) {
  return (await import('./lib/chromium.mjs')).ensureChromium(note);
}

async function vitest(phase, projects, note) {
  const report = join(reports, `${phase}.json`);
  const { code, output } = await tool(
    'vitest/vitest.mjs',
    [
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { onLine: note, allowFailure: true, env: { NO_COLOR: '1' } },
  );
  const counted = count(report);
  tally.passed += counted.passed;
  tally.failed += counted.failed;
  if (code !== 0 || counted.failed > 0)
    throw Object.assign(new Error(output.trimEnd()), { counted: counted.failed > 0 });
  return `${counted.passed} tests${counted.skipped ? `, ${counted.skipped} skipped` : ''}`;
}

/** A file that could not be loaded has no tests to fail; it counts as one that did. */
function count(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const unloaded = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return {
      passed: numPassedTests,
      failed: numFailedTests + unloaded.length,
      skipped: numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function wanted({ name, needed, neededBy = [] }) {
  if (needed && !needed()) return false;
  return !only || needed || only.includes(name) || neededBy.some((other) => only.includes(other));
}

['SIGINT', 'SIGTERM'].forEach((signal) =>
  process.on(signal, () => {
    stopTools();
    process.exitCode = 130;
  }),
);
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stopTools(), 500).unref();

checkNode();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const table = [];
for (const phase of phases.filter(wanted)) {
  const began = Date.now();
  try {
    await step(phase.name, phase.run);
    table.push([phase.name, 'passed', began]);
  } catch (error) {
    table.push([phase.name, 'FAILED', began]);
    if (!error.counted) tally.failed += 1;
    process.stderr.write(`\n${error.message}\n\n${phase.name} failed\n`);
    break;
  } finally {
    table.at(-1)[2] = seconds(Date.now() - table.at(-1)[2]);
  }
}

process.stdout.write(
  `\n${table.map(([name, result, time]) => `  ${name.padEnd(12)} ${result}  ${time.padStart(8)}`).join('\n')}\n\n`,
);
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
process.exitCode ||= tally.failed > 0 ? 1 : 0;
