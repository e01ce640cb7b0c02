// Promises: dist/cli.js; our own packages bundled, everything from npm left outside.
import { isAbsolute } from 'node:path';
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  external: (id) =>
    !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id) && !id.startsWith('@reeve/'),
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: { dir: 'dist', format: 'esm', cleanDir: true },
});
