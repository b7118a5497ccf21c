import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
  globalIgnores([
    'build/',
    '.svelte-kit/',
    'src/lib/paraglide/',
    'src/lib/paraglide-whole/',
    'src/lib/server/db/schema.ts',
    'data/',
    'coverage/',
    'test-results/',
  ]),
  js.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    // A rule that is wrong is changed here, for everyone to see, not switched off in a file.
    linterOptions: { noInlineConfig: true },
    languageOptions: { globals: { ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-undef': 'off', // TypeScript knows better
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**', 'migrations/**'],
    ignores: ['src/cli/**'],
    // The server's log is src/lib/server/log.ts; a browser page has nothing to say to a console.
    rules: { 'no-console': 'error' },
  },
  {
    // Playwright wants a pattern as a fixture's first parameter, also when it uses no other fixture.
    files: ['tests/**'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: tseslint.parser, svelteConfig },
    },
    rules: {
      // Drieluik is always served at the root of its address, so a plain path is a whole path.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/require-each-key': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/no-inline-styles': 'error', // the content security policy refuses style attributes
    },
  },
  {
    // Markup from strings is written in two components: of strings that to-svg.ts makes and escapes, and of a constant.
    files: ['src/lib/charts/Drawing.svelte', 'src/lib/components/form/ScriptLoader.svelte'],
    rules: { 'svelte/no-at-html-tags': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }] },
  },
  {
    // Of components svelte-check knows the types. For these rules the whole program would be made anew for each of them,
    // which took three quarters of the time of linting.
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': [
        'error',
        { allow: [{ from: 'package', package: '@sveltejs/kit', name: ['Redirect', 'HttpError'] }] },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
);
