import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Two entries: the office (every path) and the phone (`/m/`), built into one folder that the server serves. */
export default defineConfig({
  root: at('src/web'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // Chromium 109 is the newest that still runs on Windows 7 (PRACTICE 30).
    target: ['chrome109', 'safari16'],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { desk: at('src/web/desk/index.html'), field: at('src/web/field/index.html') } },
  },
  server: { proxy: { '/api': process.env.BIHUAN_URL ?? 'http://127.0.0.1:8600' } },
})
