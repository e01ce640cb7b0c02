import { expect, test } from 'vitest';
import { isPublic, publicLookup, readAddress } from './langfuse-address.js';

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'nonsense',
  '',
])('%s is not the internet’s', (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is', (address) => {
  expect(isPublic(address)).toBe(true);
});

test.each([
  ['https://cloud.langfuse.com/', 'https://cloud.langfuse.com'],
  ['https://langfuse.example/base//', 'https://langfuse.example/base'],
  ['https://langfuse.example:8443', 'https://langfuse.example:8443'],
])('%s is taken', (text, baseUrl) => {
  expect(readAddress(text, [])).toEqual({ baseUrl, trusted: false });
});

test.each([
  'http://cloud.langfuse.com',
  'ftp://cloud.langfuse.com',
  'file:///etc/passwd',
  'https://user:pass@cloud.langfuse.com',
  'https://cloud.langfuse.com/?x=1',
  'https://cloud.langfuse.com/#x',
  'https://127.0.0.1',
  'https://2130706433',
  'https://0x7f.1',
  'https://[::1]',
  'https://[::ffff:7f00:1]',
  'https://10.1.2.3:3000',
  'https://169.254.169.254/latest',
  'cloud.langfuse.com',
  '',
])('%s is not', (text) => {
  expect(() => readAddress(text, [])).toThrow(/expected|private/);
});

test('a host that the settings name may be private and speak http, at the port they name', () => {
  expect(readAddress('http://langfuse:3000/', ['langfuse:3000'])).toEqual({
    baseUrl: 'http://langfuse:3000',
    trusted: true,
  });
  expect(readAddress('http://127.0.0.1:3000', ['127.0.0.1']).trusted).toBe(true);
  expect(() => readAddress('http://langfuse:3001', ['langfuse:3000'])).toThrow('in the clear');
});

test('a name that leads to this machine is not called, however often it is asked', async () => {
  for (const all of [true, false]) {
    const error = await new Promise((answer) => publicLookup('localhost', { all }, answer));
    expect(error).toMatchObject({ trouble: 'address_refused' });
  }
});
