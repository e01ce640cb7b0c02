// Promises: dist/cli.js, one file that runs with nothing installed beside it, for auditors to carry away.
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { cli: 'src/cli.ts' },
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: { dir: 'dist', format: 'esm', cleanDir: true },
});
