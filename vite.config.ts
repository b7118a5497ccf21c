import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

type Messages = Parameters<typeof paraglideVitePlugin>[0];
const messages: Omit<Messages, 'outdir'> = {
  project: './project.inlang',
  strategy: ['cookie', 'baseLocale'],
  cookieName: 'language',
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The texts ask our own plural rules. */
const pluralRules: Plugin = {
  name: 'plural-rules',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    source.endsWith('/registry.js') && /\/paraglide(-whole)?\/messages\//.test(importer)
      ? here('src/lib/text/plural-rules.ts')
      : null,
};

/** The text and the attributes that the server writes into pages are in one byte a character (src/lib/server/one-byte.ts). */
const oneByte: Plugin = {
  name: 'one-byte',
  transform(code, id) {
    if (this.environment.name === 'client' || !id.endsWith('/svelte/src/escaping.js')) return null;
    const theirs = code.replace('export function escape_html(', 'function escapeHtml(');
    if (theirs === code) this.error('the framework escapes elsewhere now');
    const ours = `export const escape_html = (value, isAttribute) => inOneByte(escapeHtml(value, isAttribute));`;
    const from = JSON.stringify(here('src/lib/server/one-byte.ts'));
    return `import { inOneByte } from ${from};\n${theirs}\n${ours}\n`;
  },
};

export default defineConfig({
  // The form's script asks for a part of it on one page only (src/lib/form-client/main.ts).
  worker: { format: 'es' },
  plugins: [
    pluralRules,
    oneByte,
    // For what is bundled: a module for each text, so that a page loads its own only.
    paraglideVitePlugin({ ...messages, outdir: './src/lib/paraglide', outputStructure: 'message-modules' }),
    // For what runs from the source, as tests do (package.json, imports): opening four thousand files takes a second.
    paraglideVitePlugin({ ...messages, outdir: './src/lib/paraglide-whole', outputStructure: 'locale-modules' }),
    sveltekit(),
  ],
  ssr: { external: ['better-auth', 'better-sqlite3'] },
  test: {
    alias: [{ find: /^#lib\/paraglide\//, replacement: here('src/lib/paraglide-whole/') }],
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['tests/support/made-once.ts'],
    testTimeout: 20_000,
  },
});
