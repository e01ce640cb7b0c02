// npm run bench -- decisions | growth | hostile | fairness | scale | telemetry | console [--seconds N] [--rounds N] [--json FILE] [--profile DIR]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { consoleBench } from './console.mjs';
import { decisions } from './decisions.mjs';
import { fairness } from './fairness.mjs';
import { growth } from './growth.mjs';
import { hostile } from './hostile.mjs';
import { scale } from './scale.mjs';
import { telemetry } from './telemetry.mjs';

const BENCHES = { decisions, fairness, growth, hostile, scale, telemetry, console: consoleBench };
const SECONDS = { growth: 300 };

const USAGE = `npm run bench -- decisions | growth | hostile | fairness | scale | telemetry | console [options]

  decisions       durable evaluations over loopback, beside Cerbos, and decide() in process
  growth          a ledger that grows, with the checkpoints in it: rate, p99 and bytes of every ten seconds
  hostile         what tenants and models may try: the answer, and how long it held the process
  fairness        a quiet tenant beside a noisy one: what it waits, alone and during each attack
  scale           one and three processes behind a proxy, one and thirty tenants, in turn and routed by tenant
  telemetry       spans that are durable when answered, beside a bare COPY, and what a span weighs
  console         what a person waits for: a step in a large grid, a stop in another person's console

  --seconds N     length of one measurement (default: 4; of growth as a whole: 300)
  --rounds N      measurements of each target, alternating; medians are shown (default: 3)
  --json FILE     writes the rows as JSON
  --profile DIR   leaves CPU profiles of the API processes there (slows them down)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

function positive(name) {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not ${values[name]}`);
  return value;
}

const [bench] = positionals;
values.seconds ??= String(SECONDS[bench] ?? 4);
if (values.help || !Object.hasOwn(BENCHES, bench)) {
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => interrupted.abort(new Error('interrupted')));

try {
  const rows = await BENCHES[bench]({
    seconds: positive('seconds'),
    rounds: Math.ceil(positive('rounds')),
    profile: values.profile && resolve(values.profile),
    signal: interrupted.signal,
    print: (line) => process.stdout.write(`${line}\n`),
  });
  if (values.json) {
    mkdirSync(dirname(resolve(values.json)), { recursive: true });
    writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  }
} catch (error) {
  process.stderr.write(`\nbench: ${error.message}\n`);
  process.exitCode = 1;
}
