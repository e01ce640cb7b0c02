/** The command as an auditor runs it: one built file, a real process, its exit status. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveTenantKeys, formatTenantKeys, parseKeyring } from './keyring.js';
import { exportLines, ledger, OTHER_TENANT, sealer, TENANT } from './testing/ledger.js';

const KEYRING = JSON.stringify({ current: 'k1', keys: { k1: Buffer.alloc(32, 3).toString('base64') } });
const keys = deriveTenantKeys(parseKeyring(KEYRING), TENANT);

const folder = mkdtempSync(join(tmpdir(), 'reeve-audit-'));
const path = (name: string) => join(folder, name);
const cli = path('cli.mjs');

function run(
  args: readonly string[],
  input?: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
}

let lines: string[];

function verify(given: readonly string[], ...args: string[]) {
  writeFileSync(path('export.ndjson'), given.join(''));
  return run(['verify', path('export.ndjson'), ...args]);
}

beforeAll(async () => {
  const built = await rolldown({
    input: fileURLToPath(new URL('cli.ts', import.meta.url)),
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  await built.write({ file: cli, format: 'esm' });
  await built.close();
  writeFileSync(path('keyring.json'), KEYRING);
  writeFileSync(path('keys.json'), formatTenantKeys(keys));
  writeFileSync(path('others.json'), formatTenantKeys(deriveTenantKeys(parseKeyring(KEYRING), OTHER_TENANT)));
  lines = await exportLines(ledger(5, { by: sealer(keys) }), {}, sealer(keys));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('reeve-audit verify', () => {
  it('exits with 0 for a verified export, and says what was checked and against which head', () => {
    const { status, stdout, stderr } = verify(lines, '--keys', path('keys.json'));
    expect(stdout).toMatch(
      /^Verified: 5 records, #1 to #5 of tenant "Airline" .*against head #5 [0-9a-f]{64}\./,
    );
    expect(stdout).toContain('every signature (HMAC) and the whole chain');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('takes a keyring as well, and standard input', () => {
    expect(run(['verify', '-', '--keys', path('keyring.json')], lines.join(''))).toMatchObject({ status: 0 });
  });

  it('has another word and another exit status for what it checked without a key', () => {
    const { status, stdout } = verify(lines);
    expect(stdout).toMatch(/^Consistent: .*the hash chain only, as no key was given/);
    expect(stdout).not.toMatch(/verified/i);
    expect(status).toBe(4);
  });

  it('exits with 1 for a broken export, and names the place', () => {
    const { status, stdout } = verify(lines.toSpliced(3, 1), '--keys', path('keys.json'));
    expect(stdout).toBe(
      'Broken at #3 (line 4): a record is missing, doubled or out of place here. Expected "record 3", found "record 4". Nothing else is at fault; 3 records hold, 1 missing from the end.\n',
    );
    expect(status).toBe(1);
  });

  it('exits with 2 for an incomplete export, and counts what is missing', () => {
    const { status, stdout } = verify(lines.slice(0, 3), '--keys', path('keys.json'));
    expect(stdout).toBe('Incomplete: 3 records missing after #2. What was read is sound.\n');
    expect(status).toBe(2);
    expect(verify([])).toMatchObject({ status: 2 });
  });

  it('exits with 3 for a key it was not given', () => {
    const { status, stdout } = verify(lines, '--keys', path('others.json'));
    expect(stdout).toMatch(/^Unknown key: line 1 \(the manifest\) is signed with key "k1" of tenant /);
    expect(status).toBe(3);
  });

  it('prints the verdict as JSON on demand', () => {
    const { status, stdout } = verify(lines.slice(0, 3), '--json');
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'incomplete',
      lacks: 'records',
      after: 2,
      missing: 3,
      unread: [],
    });
    expect(status).toBe(2);
  });

  it('lets the file write nothing on the terminal but what can be read', () => {
    const { status, stdout } = verify([lines[0]!, '\u001b[2J\u009b\u202eVerified\n']);
    expect(stdout).toContain('found "\\u001b[2J\\u{9b}\\u{202e}Verified\\n"');
    expect(status).toBe(1);
  });

  it('survives any rubbish without a stack', () => {
    for (const rubbish of [
      Buffer.alloc(100_000),
      Buffer.alloc(100_000, 0xff),
      Buffer.from('['.repeat(200_000)),
    ]) {
      writeFileSync(path('rubbish'), rubbish);
      const { status, stdout, stderr } = run(['verify', path('rubbish'), '--keys', path('keys.json')]);
      expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
      expect(stdout).toMatch(/^Incomplete: the manifest/);
    }
  });
});

describe('reeve-audit key', () => {
  it("makes a file of mode 0600 with one tenant's keys, and does not overwrite one", () => {
    const args = [
      'key',
      '--keyring',
      path('keyring.json'),
      '--tenant',
      TENANT.toUpperCase(),
      '--out',
      path('made.json'),
    ];
    expect(run(args)).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(path('made.json'), 'utf8')).toBe(formatTenantKeys(keys));
    expect(statSync(path('made.json')).mode & 0o777).toBe(0o600);
    expect(verify(lines, '--keys', path('made.json'))).toMatchObject({ status: 0 });
    expect(run(args)).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('already there') as string,
    });
  });

  it('prints the keys where no file is named', () => {
    const args = ['key', '--keyring', path('keyring.json'), '--tenant', TENANT];
    expect(run(args)).toEqual(
      expect.objectContaining({ status: 0, stdout: formatTenantKeys(keys), stderr: '' }),
    );
  });
});

describe('reeve-audit exits with 64, one line and no stack for', () => {
  it.each([
    ['no command', [], 'which command?'],
    ['an unknown command', ['prove'], 'no such command: "prove"'],
    ['an unknown option', ['verify', 'x', '--fast'], "Unknown option '--fast'"],
    ['no export', ['verify'], 'give one export'],
    ['two exports', ['verify', 'a', 'b'], 'give one export'],
    ['a missing export', ['verify', path('none')], 'no such file or folder'],
    ['a folder', ['verify', folder], 'it is a folder'],
    ['a missing key file', ['verify', '-', '--keys', path('none')], 'no such file or folder'],
    ['a key file that is none', ['verify', '-', '--keys', cli], 'it is not JSON'],
    ['no keyring', ['key', '--tenant', TENANT], '--keyring is needed'],
    [
      'a tenant that is no UUID',
      ['key', '--keyring', path('keyring.json'), '--tenant', 'x'],
      'must be a UUID',
    ],
    [
      'a tenant key file as keyring',
      ['key', '--keyring', path('keys.json'), '--tenant', TENANT],
      '"current" must name',
    ],
    [
      'a folder that is not there',
      ['key', '--keyring', path('keyring.json'), '--tenant', TENANT, '--out', path('no/such')],
      'cannot write',
    ],
  ])('%s', (_what, args, message) => {
    const { status, stdout, stderr } = run(args, '');
    expect(stderr.split('\n')[0]).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
  });

  it('help, which is no mistake, exits with 0', () => {
    expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage:') as string });
  });
});
