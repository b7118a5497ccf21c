import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

type Messages = Parameters<typeof paraglideVitePlugin>[0];
const messages: Omit<Messages, 'outdir'> = {
  project: './project.inlang',
  strategy: ['cookie', 'baseLocale'],
  cookieName: 'language',
};

export default defineConfig({
  plugins: [
    // For what is bundled: a module for each text, so that a page loads its own only.
    paraglideVitePlugin({ ...messages, outdir: './src/lib/paraglide', outputStructure: 'message-modules' }),
    // For what runs the source, commands and threads (package.json, imports): opening four thousand files takes them a second.
    paraglideVitePlugin({ ...messages, outdir: './src/lib/paraglide-whole', outputStructure: 'locale-modules' }),
    sveltekit(),
  ],
  ssr: { external: ['better-auth', 'better-sqlite3'] },
  test: {
    alias: [
      { find: /^#lib\/paraglide\//, replacement: fileURLToPath(new URL('src/lib/paraglide-whole/', import.meta.url)) },
    ],
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['tests/support/made-once.ts'],
    testTimeout: 20_000,
  },
});
