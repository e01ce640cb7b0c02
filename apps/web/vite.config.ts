import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// In development Vite serves the console and hands everything else to the API.
const api = `http://127.0.0.1:${process.env['REEVE_PORT'] ?? '4600'}`;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: true, target: 'es2023' },
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
