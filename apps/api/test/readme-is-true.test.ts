/**
 * README and the pages of docs, word by word: a copy of what is in this repository and nothing else, the commands as
 * they stand there, in the order in which they stand. Only the port is another.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileCondition } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/testing/throw-away.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** Installing and building from nothing takes as long as it takes. */
const START_MS = 600_000;
const STOP_MS = 180_000;

let home: string;
let port: number;
let reeve: ChildProcess;
let output = '';

const blocksOf = (file: string, language: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'),
    ),
  ].map(([, text]) => text!);
const here = (text: string) => text.replaceAll(':4600', `:${port}`);

/** The blocks in one shell, as somebody types them one after the other. */
function typed(...blocks: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', here(blocks.join('\n'))], {
    cwd: home,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

const [two, ask, denied, agent, verify] = blocksOf('README.md', 'sh') as [
  string,
  string,
  string,
  string,
  string,
];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'reeve-bare-'));
  port = await freePort();
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(join(ROOT, file), join(home, file));
  }
  // What npm would install, and what was built of the same sources: the one thing that is not made anew.
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  if (existsSync(join(ROOT, '.turbo', 'cache')))
    cpSync(join(ROOT, '.turbo', 'cache'), join(home, '.turbo', 'cache'), { recursive: true });

  const [start] = two.split('\n');
  reeve = spawn('bash', ['-c', `exec ${start}`], {
    cwd: home,
    env: { ...process.env, REEVE_PORT: String(port), REEVE_DATA_DIR: '', DATABASE_URL: '', REDIS_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string) => {
      output += text;
      if (/Sign in as .+\n/.test(output)) resolve();
    };
    reeve.stdout!.setEncoding('utf8').on('data', hear);
    reeve.stderr!.setEncoding('utf8').on('data', hear);
    reeve.once('exit', (code) => reject(new Error(`npm start ended with ${code}\n${output}`)));
  });
}, START_MS);

afterAll(async () => {
  if (reeve?.pid !== undefined && reeve.exitCode === null) {
    const gone = new Promise((resolve) => reeve.once('exit', resolve));
    process.kill(-reeve.pid, 'SIGINT');
    await gone;
  }
  rmSync(home, { recursive: true, force: true });
}, STOP_MS);

describe('README', () => {
  it('says where to sign in, and with what', () => {
    expect(output).toMatch(/Sign in as \S+@\S+ with \S+/);
    expect(existsSync(join(home, '.reeve', 'demo-credentials.json'))).toBe(true);
  });

  it('the first question is allowed', () => {
    expect(JSON.parse(typed(ask))).toMatchObject({ decision: true, context: { reason: 'allowed' } });
  });

  it('the first denial says which rule said no', () => {
    const answers = typed(ask.replace(/curl[^]*/, ''), denied);
    expect(JSON.parse(answers)).toMatchObject({
      decision: false,
      context: {
        reason: 'guardrail_failed',
        reason_user: 'This account belongs to another customer than the one who is asking.',
        detail: { guardrail: expect.any(String) as string },
      },
    });
  });

  it('the ten lines do what they say, for whom they say it', () => {
    const [lines] = blocksOf('README.md', 'js');
    expect(lines!.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
    writeFileSync(join(home, 'agent.mjs'), here(lines!));
    const said = typed(ask.replace(/curl[^]*/, ''), agent);
    expect(said).toContain("tier: 'gold'");
    expect(said).toContain('no: This account belongs to another customer');
  });

  it('the first export verifies', () => {
    expect(typed(verify)).toMatch(/^Verified: \d+ records/);
  });
});

describe.each(['wire-an-agent', 'stop-and-lift', 'export-and-verify', 'send-telemetry'])(
  'docs/%s.md',
  (name) => {
    it('every command in it works as it stands', () => {
      const said = typed(...blocksOf(`docs/${name}.md`, 'sh'));
      if (name === 'wire-an-agent') {
        expect(existsSync(join(home, 'reeve-sdk-0.1.0.tgz'))).toBe(true);
        expect(said).toContain('"arguments_match":true');
        expect(said).toContain('"ungoverned":true');
      }
      if (name === 'stop-and-lift') {
        const read = (file: string) => JSON.parse(readFileSync(join(home, file), 'utf8')) as unknown;
        expect(read('denied.json')).toMatchObject({ decision: false, context: { mode: 'stopped' } });
        expect(read('lifted.json')).toMatchObject({
          data: { liftKillSwitch: { liftedAt: expect.any(String) as string } },
        });
      }
      if (name === 'send-telemetry') expect(said.trim()).toBe('{}');
      if (name === 'export-and-verify') expect(said).toMatch(/Verified: [^]*Broken at #2[^]*exit 1/);
    });
  },
);

it('the example of the SDK runs, as its README has it', () => {
  const [lines] = blocksOf('packages/sdk/README.md', 'js');
  writeFileSync(join(home, 'sdk.mjs'), lines!);
  const said = typed(
    ask.replace(/curl[^]*/, ''),
    'REEVE_URL=http://127.0.0.1:4600 REEVE_KEY=$KEY REEVE_SUBJECT=noah_muller_9847 node sdk.mjs',
  );
  expect(said.trim()).toBe('SFO JFK');
});

it('every condition of docs/write-a-condition.md is one', () => {
  const conditions = blocksOf('docs/write-a-condition.md', 'cel');
  expect(conditions.length).toBeGreaterThan(4);
  for (const condition of conditions)
    expect(() => compileCondition(condition.trim()), condition).not.toThrow();
});

it('no page, no help and no dialog tells anybody to run a package that npm would have to look for', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).split('\n');
  const told = files
    .filter((file) => /\.(md|tsx?|mjs|json)$/.test(file) && !/package-lock|readme-is-true/.test(file) && existsSync(join(ROOT, file)))
    .filter((file) => /npx (-y |--yes )?@?reeve|npm (i|install|add|exec)( -\S+)* @?reeve[-/]\w+(?!\S*\.tgz)/.test(readFileSync(join(ROOT, file), 'utf8'))); // prettier-ignore
  expect(told).toEqual([]);
});
