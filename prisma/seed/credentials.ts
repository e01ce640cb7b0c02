/** The demo's sign-ins: random, and in a file that only its owner reads. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  ADMIN_ROLES,
  type AdminRole,
  type CredentialsStore,
  type DemoCredentials,
  type SignIn,
} from './facade.js';
import type { DemoTenant } from './tenants.js';

export function newCredentials(tenants: readonly DemoTenant[]): DemoCredentials {
  return {
    complete: false,
    platformAdmin: signIn('Platform Admin', 'admin@reeve.example'),
    tenants: Object.fromEntries(
      tenants.map(({ slug, name, assistant, exampleSubject, members }) => [
        slug,
        {
          name,
          assistant,
          agentApiKey: null,
          managementApiKey: null,
          exampleSubject,
          members: Object.fromEntries(
            ADMIN_ROLES.map((role) => [
              role,
              signIn(members[role], `${role.replace('_', '-')}@${slug}.example`),
            ]),
          ) as Record<AdminRole, SignIn>,
        },
      ]),
    ),
  };
}

const signIn = (name: string, email: string): SignIn => ({
  name,
  email,
  password: randomBytes(18).toString('base64url'),
});

/** Replaced whole, so that a kill leaves the old file or the new one. */
export function credentialsFile(path: string): CredentialsStore {
  return {
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as DemoCredentials;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw new Error(`${path} can't be read: ${(error as Error).message}`, { cause: error });
      }
    },
    async write(credentials) {
      const next = `${path}.next`;
      await writeFile(next, JSON.stringify(credentials, null, 2) + '\n', { mode: 0o600 });
      await rename(next, path);
    },
  };
}
