import { defineConfig } from 'vitest/config';

// Four kinds of test, told apart by where they live. `npm test -- --only <kind>` runs one of them.
export default defineConfig({
  test: {
    pool: 'forks',
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'prisma/{src,seed}/**/*.test.ts',
            'apps/api/src/**/*.test.ts',
            'bench/src/**/*.test.{ts,mjs}',
            'scripts/**/*.test.mjs',
          ],
        },
      },
      {
        // Components, in a simulated browser.
        root: './apps/web',
        test: {
          name: 'console',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          css: true, // the colours are tested as they are written
        },
      },
      {
        // One file per guarantee, on a real PostgreSQL.
        // Vite would take graphql's ES modules and Node, for Nest, its CommonJS: two realms that refuse each other.
        resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
        test: {
          name: 'integration',
          include: ['apps/api/test/**/*.test.ts', 'prisma/test/**/*.test.ts'],
          globalSetup: ['scripts/testing/database.setup.mjs'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        // The journeys, in a real browser against the built product.
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.test.ts'],
          globalSetup: ['scripts/testing/product.setup.mjs'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
