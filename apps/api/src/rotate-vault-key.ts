/** An operator's command: `node apps/api/dist/rotate-vault-key.js "why"`, while no process of Reeve runs. */
import 'reflect-metadata';
import { readConfig } from './infra/config.js';
import { didNotStart } from './infra/did-not-start.js';
import { rotateVaultKey } from './ledger/vault-key-rotation.js';

try {
  process.stdout.write(`${await rotateVaultKey(readConfig(process.env), process.argv[2] ?? '')}\n`);
} catch (error) {
  didNotStart(error);
}
