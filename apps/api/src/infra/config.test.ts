import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const KEY = 'q0Qx5v1n1m3Qm4Jt7n2bq8o0mU2rJw5x3c9kzWb1h0E=';
const PRODUCTION = {
  REEVE_ENV: 'production',
  REEVE_DEMO: '0',
  DATABASE_URL: 'postgres://reeve:9f2c71@db.internal/reeve',
  REEVE_PUBLIC_URL: 'https://reeve.example',
};
const objections = (environment: Record<string, string>): string[] => {
  try {
    readConfig({ DATABASE_URL: 'postgres://localhost/reeve', ...environment });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
};
const production = (environment: Record<string, string>) => objections({ ...PRODUCTION, ...environment });
const keyring = (...keys: string[]) =>
  JSON.stringify({ current: 'k0', keys: Object.fromEntries(keys.map((key, i) => [`k${i}`, key])) });

describe('production', () => {
  it('starts with what is right', () => {
    expect(
      production({
        REEVE_VAULT_KEY: KEY,
        REEVE_AUDIT_KEYRING: keyring(KEY),
        REEVE_TRUST_PROXY: '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, 2001:db8::/32',
      }),
    ).toEqual([]);
  });

  const zero = Buffer.alloc(32).toString('base64');
  const abab = Buffer.from('ab'.repeat(16)).toString('base64');
  it.each([
    ['a vault key of zeros', { REEVE_VAULT_KEY: zero }, 'REEVE_VAULT_KEY'],
    ['a vault key of words', { REEVE_VAULT_KEY: abab }, 'REEVE_VAULT_KEY'],
    ['a sealing key of zeros', { REEVE_AUDIT_KEYRING: keyring(zero) }, 'REEVE_AUDIT_KEYRING'],
    ['an old sealing key of words', { REEVE_AUDIT_KEYRING: keyring(KEY, abab) }, 'REEVE_AUDIT_KEYRING'],
    ['plain http', { REEVE_PUBLIC_URL: 'http://reeve.example' }, 'REEVE_PUBLIC_URL'],
    ['plain http at home', { REEVE_PUBLIC_URL: 'http://localhost:4600' }, 'REEVE_PUBLIC_URL'],
    ['no address of its own', { REEVE_PUBLIC_URL: '' }, 'REEVE_PUBLIC_URL'],
    ['demo data', { REEVE_DEMO: '1' }, 'REEVE_DEMO'],
  ])('refuses %s', (_, environment, setting) => {
    const found = production(environment);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(setting);
    for (const secret of [zero, abab, KEY]) expect(found[0]).not.toContain(secret);
  });

  it('names all that is wrong at once', () => {
    expect(production({ REEVE_VAULT_KEY: zero, REEVE_DEMO: '1', REEVE_PUBLIC_URL: '' })).toHaveLength(3);
  });
});

it.each(['not base64', KEY.slice(0, 40), `${KEY}AAAA`, '{}'])(
  'a vault key that is none is refused anywhere: %s',
  (key) => {
    expect(objections({ REEVE_VAULT_KEY: key })).toHaveLength(1);
  },
);

describe('proxies', () => {
  it.each([
    '0.0.0.0/0',
    '0.0.0.0/1,128.0.0.0/1',
    '128.0.0.0/1, 0.0.0.0/2, 64.0.0.0/2',
    '::/0',
    '::/1, 8000::/1',
    '::/1, 128.0.0.0/1',
    '0.0.0.0/1',
    '2000::/3',
    '2000::/4,3000::/4',
    '::ffff:0.0.0.0/96',
    '::/64',
    '10.0.0.0/8, ::/0',
    '1.2.3.4/0',
    '255.255.255.255/1,1.0.0.0/1',
    Array.from({ length: 64 }, (_, i) => `${i * 4}.0.0.0/6`).join(),
  ])('that add up to everybody are refused: %s', (ranges) => {
    expect(objections({ REEVE_TRUST_PROXY: ranges }).join()).toContain('everybody');
  });

  it.each([
    '',
    '127.0.0.1',
    '::1',
    '10.0.0.0/8,10.0.0.0/8,10.0.0.0/9',
    'fd00::/8',
    '173.245.48.0/20,103.21.244.0/22,141.101.64.0/18,108.162.192.0/18,2400:cb00::/32,2606:4700::/32',
    '::ffff:10.0.0.0/104',
  ])('of one network are taken: %s', (ranges) => {
    expect(objections({ REEVE_TRUST_PROXY: ranges })).toEqual([]);
  });
});

describe('DATABASE_URL', () => {
  it.each([
    'postgres://u:p@a:5432,b:5432/reeve',
    'postgres://u:p@a,b/reeve',
    'postgresql://a,b',
    'postgres:///reeve?host=a,b',
    'postgres://u:p@/reeve?host=a%2Cb&port=1,2',
    'postgres://u:p@[::1]:5432,[::2]:5432/reeve?target_session_attrs=read-write',
  ])('with several hosts is refused with what to use: %s', (url) => {
    const found = objections({ DATABASE_URL: url });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/several hosts.*one address/);
  });

  it.each([
    'postgres://u:a,b@db/reeve',
    'postgresql://db:5432/reeve?application_name=a,b',
    'postgres://u:p@[::1]:5432/reeve',
    'postgresql://u:p@localhost/reeve?host=/var/run/postgresql',
  ])('with one is taken: %s', (url) => {
    expect(objections({ DATABASE_URL: url })).toEqual([]);
  });

  it.each(['mysql://db/reeve', 'db', 'postgres'])('of something else is refused: %s', (url) => {
    expect(objections({ DATABASE_URL: url }).join()).toContain('must be a postgres:// address');
  });

  it('is needed', () => expect(objections({ DATABASE_URL: '' })).toHaveLength(1));
});

describe('metrics', () => {
  const token = '0123456789abcdef0123456789abcdef';
  it.each([
    ['nothing', {}],
    ['a port', { REEVE_METRICS_PORT: '9464' }],
    ['a token', { REEVE_METRICS_TOKEN: token }],
    ['both', { REEVE_METRICS_PORT: '9464', REEVE_METRICS_TOKEN: token }],
  ])('may be given %s', (_, environment) => expect(objections(environment)).toEqual([]));
  it.each([
    ['a short token', { REEVE_METRICS_TOKEN: token.slice(1) }, 'REEVE_METRICS_TOKEN'],
    ['a token with a space', { REEVE_METRICS_TOKEN: `${token} x` }, 'REEVE_METRICS_TOKEN'],
    ['the port of everything', { REEVE_METRICS_PORT: '4600' }, 'REEVE_METRICS_PORT'],
  ])('refuses %s', (_, environment: Record<string, string>, setting) => {
    const found = objections(environment);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(setting);
    expect(found[0]).not.toContain(token.slice(1));
  });
});
