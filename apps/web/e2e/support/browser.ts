/** The real browser and the product under test, as `scripts/testing/product.setup.mjs` started them. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    consoleUrl: string;
    databaseUrl: string;
    demoCredentialsFile: string;
    chromiumPath: string;
  }
}

/** Where the console is served. */
export const consoleUrl = (): string => inject('consoleUrl');

/** The product's database, as its owner. */
export const databaseUrl = (): string => inject('databaseUrl');

/** What the first start of the demo wrote: sign-ins and API keys. */
export const demoCredentials = (): unknown => JSON.parse(readFileSync(inject('demoCredentialsFile'), 'utf8'));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromiumPath'),
    args: [
      '--no-sandbox', // root in a container has no user namespace to build the sandbox from
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
