import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What Node starts beside the server: the command line, and the threads (thread-module.ts). */
const STARTED = {
  drieluik: here('src/cli/main.ts'),
  'copy-worker': here('src/lib/server/db/copy-worker.ts'),
  'pdf-worker': here('src/lib/server/downloads/pdf-worker.ts'),
  'pieces-worker': here('src/lib/server/cohort-files/pieces-worker.ts'),
};

/**
 * Commands and threads in a few files each, with the parts of the packages that they use: opening and compiling fifteen hundred
 * files took a command more than a second, and twice the memory. The texts are those that vite.config.ts made, so this comes
 * after it.
 */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { '#lib': here('src/lib'), '#migrations': here('migrations/index.ts') } },
  ssr: {
    noExternal: true,
    // With files of their own beside their code, or that only Node's own way of loading finds.
    external: ['better-sqlite3', 'pdfmake', '@resvg/resvg-wasm', 'jsonc-parser'],
  },
  build: {
    ssr: true,
    outDir: 'build/bin',
    target: 'node22',
    rolldownOptions: { input: STARTED },
  },
});
