import { writeFile } from 'node:fs/promises';
import { deriveTenantKeys, formatTenantKeys, parseKeyring } from '../keyring.js';
import { isUuid } from '../record.js';
import { readArguments } from './arguments.js';
import { EXIT } from './exit.js';
import { readKeys } from './read-keys.js';
import { fileError, UsageError } from './usage-error.js';

/** `reeve-audit key`: the tenant key file that an auditor of one tenant is given. */
export async function keyCommand(args: string[]): Promise<number> {
  const { values } = readArguments({
    args,
    options: { keyring: { type: 'string' }, tenant: { type: 'string' }, out: { type: 'string' } },
  });
  if (values.keyring === undefined) throw new UsageError('--keyring is needed');
  const tenant = values.tenant?.toLowerCase();
  if (!isUuid(tenant)) throw new UsageError('--tenant must be a UUID');

  const text = formatTenantKeys(deriveTenantKeys(await readKeys(values.keyring, parseKeyring), tenant));
  if (values.out === undefined) {
    process.stdout.write(text);
    return EXIT.verified;
  }
  try {
    // Only a new file is sure to have this mode from its first byte on.
    await writeFile(values.out, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw fileError('write', values.out, error);
  }
  process.stderr.write(`Wrote the key file of tenant ${tenant} to ${values.out}\n`);
  return EXIT.verified;
}
