import { defineConfig } from '@playwright/test';
import base from '../../playwright.config.ts';
import type { Depth } from './rig.ts';

/** The long form of the fault tests: `npm run test:faults`. The short one is a project of the browser tests. */
export default defineConfig<Depth>({
  ...base,
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 15 * 60_000,
  use: { ...base.use, viewport: { width: 1280, height: 900 }, depth: 'long' },
  projects: [{ name: 'faults' }],
});
