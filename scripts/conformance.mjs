// Promises: `npm run conformance -- authzen` starts a throw-away Reeve, sets it up through its public API, runs the
// OpenID Foundation's modules (packages/policy/cases/authzen) against it and prints a table. Exit 1: a row failed.
// `--keep`: prints URL= and KEY= on lines of their own and stays up until Ctrl-C, for other harnesses.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkNode, install, needsInstall } from './lib/install.mjs';
import { ROOT } from './lib/run.mjs';

const USAGE = 'usage: npm run conformance -- authzen [--keep]';
const TENANT = 'conformance';
const REASON = 'set up for the conformance modules';
const CASES = join(ROOT, 'packages', 'policy', 'cases', 'authzen');

checkNode();
if (needsInstall()) await install();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
if (positionals.join() !== 'authzen') {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

const interrupted = new Promise((settle) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, settle);
});
const reeve = await throwAwayReeve();
try {
  const { runPlans, setUpFixture } = await bundled();
  const key = await provision(reeve, setUpFixture);
  const rows = await runPlans(CASES, { url: reeve.url, key });
  process.stdout.write(table(rows));
  if (rows.some(({ verdict }) => verdict === 'failed')) process.exitCode = 1;
  if (values.keep) {
    process.stdout.write(`\nURL=${reeve.url}\nKEY=${key}\n`);
    await interrupted;
  }
} finally {
  await reeve.stop();
}

async function throwAwayReeve() {
  const { turbo } = await import('./lib/build.mjs');
  const { startApi, untilHealthy } = await import('./lib/api-process.mjs');
  const { freePort, throwAwayCluster } = await import('./testing/throw-away.mjs');
  await turbo(['build', '--filter=@reeve/api']);
  const cluster = await throwAwayCluster();
  const port = await freePort();
  const api = startApi({
    env: {
      REEVE_DATA_DIR: cluster.dataDir,
      DATABASE_URL: cluster.url,
      REEVE_DEMO: '0',
      REEVE_HOST: '127.0.0.1',
      REEVE_PORT: String(port),
      REEVE_PUBLIC_URL: '',
    },
  });
  const stop = async () => {
    await api.stop();
    await cluster.remove();
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(api, `${url}/readyz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: api.output, stop };
}

/** A tenant with the scenario's fixture, and an agent's key. */
async function provision(api, setUpFixture) {
  const { graphql, setUp } = await import('./lib/first-administrator.mjs');
  const admin = graphql(api.url, {
    cookie: await setUp(api, { email: 'conformance@reeve.example', name: 'Conformance' }),
  });
  await admin(
    `mutation ($tenant: String!) { createTenant(slug: $tenant, name: "Conformance", reason: "${REASON}") { id } }`,
    { tenant: TENANT },
  );
  const assistant = await setUpFixture(CASES, TENANT, admin);
  const { createApiKey } = await admin(
    `mutation ($tenant: String!, $assistants: [String!]!) {
      createApiKey(tenant: $tenant, name: "conformance", kind: agent, assistants: $assistants, reason: "${REASON}") { secret } }`,
    { tenant: TENANT, assistants: [assistant] },
  );
  return createApiKey.secret;
}

/** The runner as the sources say now; bundling takes a tenth of a second. */
async function bundled() {
  const { build } = await import('rolldown');
  const file = join(ROOT, '.cache', 'conformance', 'authzen.mjs');
  await build({
    input: join(CASES, 'run.ts'),
    platform: 'node',
    external: ['yaml'],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    output: { file, format: 'esm' },
    logLevel: 'silent',
  });
  return import(file);
}

function table(rows) {
  const lines = rows.map(
    ({ plan, module, verdict, why, contradicts }) =>
      `${verdict.padEnd(7)} ${plan.padEnd(26)} ${module}${why ? `: ${why}` : ''}${
        contradicts ? `\n${''.padEnd(35)}the suite's own expectation contradicts ${contradicts}` : ''
      }`,
  );
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  return `${lines.join('\n')}\n\n${rows.length} modules: ${count('passed')} passed, ${count('failed')} failed, ${count('waits')} wait for what Reeve does not have yet\n`;
}
