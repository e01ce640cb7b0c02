import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// In development Vite serves the console and hands everything else to the API.
const api = `http://127.0.0.1:${process.env['REEVE_PORT'] ?? '4600'}`;

/** The two fonts of the first view start to load with the page, not with its stylesheet. */
const preloadFonts: Plugin = {
  name: 'reeve:preload-fonts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /-latin-wght-normal-[^/]+\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` },
          injectTo: 'head' as const,
        })),
  },
};

/** Beside each file that compresses, its `.br` and `.gz`: the API serves them, and nobody compresses again for a visitor. */
const compress: Plugin = {
  name: 'reeve:compress',
  apply: 'build',
  writeBundle: {
    order: 'post',
    sequential: true,
    handler: ({ dir }) => {
      for (const file of readdirSync(dir!, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg)$/.test(file)) continue;
        const path = join(dir!, file);
        const text = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(text));
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
      }
    },
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts, compress],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // The first view is two files, not one for each set of pages that share something: fewer requests, and gzip
        // sees what repeats. The libraries stay in the browser's cache when only Reeve has changed.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/ },
            { name: 'first-view', tags: ['$initial'] },
            { name: 'conditions', test: /node_modules\/@bufbuild\// },
            { name: 'charts', test: /node_modules\/recharts\// },
            // Small, and asked for by most pages: a request of its own each would cost more than what is in it.
            {
              name: 'small',
              test: /policy\/src\/natural-order|shared\/ui\/(?:dialog|first-field|guide-link|panel|sideways)|audit\/ledger-head/,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 4601,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/access': api,
      '/auth': api,
      '/v1': api,
      '/.well-known': api,
    },
  },
});
