/** npm run replay -- [--tenant SLUG]… [--speed N] [--url URL] [--json FILE] */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bindCustomers } from './bind.js';
import type { DemoKeys } from './demo-keys.js';
import { progressBar } from './progress.js';
import { readRecording } from './recording.js';
import { replay } from './replay.js';
import { summary } from './tables.js';

const USAGE = `npm run replay -- [options]: plays the recorded agents against a running Reeve

  --tenant SLUG       airline, retail or telecom; may be repeated (default: all)
  --speed N           1: the recorded pace, 60: a minute a second (default: as fast as possible)
  --url URL           where Reeve listens (default: http://127.0.0.1:4600, or as REEVE_HOST and REEVE_PORT say)
  --credentials FILE  the demo's keys (default: demo-credentials.json in the data directory)
  --concurrency N     runs beside each other (default: 16)
  --recording FILE    another recording of the same form (prisma/seed/tau/SOURCE.md)
  --bind              first binds the customers of that recording that Reeve does not know yet
  --json FILE         writes the report as JSON too
`;

const env = (name: string, otherwise: string): string => process.env[name] || otherwise;

const { values } = parseArgs({
  options: {
    tenant: { type: 'string', multiple: true },
    speed: { type: 'string' },
    url: { type: 'string', default: `http://${env('REEVE_HOST', '127.0.0.1')}:${env('REEVE_PORT', '4600')}` },
    credentials: {
      type: 'string',
      default: resolve(env('REEVE_DATA_DIR', '.reeve'), 'demo-credentials.json'),
    },
    concurrency: { type: 'string', default: '16' },
    recording: { type: 'string' },
    bind: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) process.stdout.write(USAGE);
else
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\nreplay: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }

async function main(): Promise<void> {
  if (!existsSync(values.credentials))
    throw new Error(
      `there is no ${values.credentials}; start the demo once (npm start), or name a file with --credentials`,
    );
  const bar = progressBar(process.stdout);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  const speed = values.speed === undefined ? undefined : positive('--speed', values.speed);
  const credentials = JSON.parse(readFileSync(values.credentials, 'utf8')) as DemoKeys;
  const recording = readRecording(values.recording);
  if (values.bind) {
    const bound = await bindCustomers(values.url, credentials, recording);
    process.stdout.write(`replay: ${bound} customers were new and are bound\n`);
  }
  try {
    const report = await replay({
      url: values.url,
      credentials,
      recording,
      ...(values.tenant && { tenants: known(values.tenant) }),
      ...(speed !== undefined && { speed }),
      concurrency: positive('--concurrency', values.concurrency),
      onProgress: bar.update,
      signal: interrupted.signal,
    });
    bar.stop();
    process.stdout.write(`\n${summary(report)}\n`);
    if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    if (report.rightWrites.denied > 0) process.exitCode = 1;
  } catch (error) {
    throw interrupted.signal.aborted ? (interrupted.signal.reason as Error) : error;
  } finally {
    bar.stop();
  }
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${option} must be a number above 0, not ${text}`);
  return value;
}

function known(slugs: readonly string[]): readonly string[] {
  const domains = new Set<string>(readRecording().map(({ domain }) => domain));
  for (const slug of slugs)
    if (!domains.has(slug))
      throw new Error(`there is no recording of ${slug}; there are ${[...domains].join(', ')}`);
  return slugs;
}
