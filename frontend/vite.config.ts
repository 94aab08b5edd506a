// The build: one page, its script and style, and ECharts as a part of its own that is fetched when a chart is drawn.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const server = process.env['VORONKA_SERVER'] ?? 'http://127.0.0.1:8765';

export default defineConfig({
  plugins: [svelte()],
  build: { outDir: '../src/voronka/web/static', emptyOutDir: true, assetsDir: 'assets', target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': server, '/enter': server } },
});
