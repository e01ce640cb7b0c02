// Promises: dist/main.js, dist/worker.js, dist/rotate-vault-key.js and the thread dist/check-policy.js; our own packages bundled, everything from npm left outside.
import { isAbsolute } from 'node:path';
import { defineConfig } from 'rolldown';

const ours = /^(@reeve\/|@oxc-project\/runtime)/; // oxc's helpers are part of the output, not a dependency

export default defineConfig({
  input: {
    main: 'src/main.ts',
    worker: 'src/worker.ts',
    'rotate-vault-key': 'src/rotate-vault-key.ts',
    'check-policy': 'src/policies/check-policy.ts',
  },
  platform: 'node',
  tsconfig: 'tsconfig.json', // decorators and their metadata
  external: (id) => !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id) && !ours.test(id),
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: { dir: 'dist', format: 'esm', sourcemap: true, cleanDir: true, chunkFileNames: 'chunks/[name].js' },
});
