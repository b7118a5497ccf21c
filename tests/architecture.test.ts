import { describe, expect, it } from 'vitest';
import { findFaults, houseRules } from './support/house-rules.ts';
import { parseSource, readSourceFiles } from './support/source-files.ts';

const root = new URL('../', import.meta.url);

/** Per rule: files that break it, and neighbours that look alike and keep it. */
const examples: Record<string, { breaks: [string, string][]; keeps: [string, string][] }> = {
  'project imports are #lib/… or within the folder, with their extension': {
    breaks: [
      ['src/lib/server/a.ts', "import { x } from '$lib/x.ts';"],
      ['src/lib/server/a.ts', "import { x } from '#lib/x';"],
      ['src/lib/server/a.ts', "import { x } from './x';"],
      ['src/lib/server/a.ts', "export { x } from '../x.ts';"],
      ['src/routes/+page.svelte', '<script lang="ts">\n  import X from \'../X.svelte\';\n</script>'],
    ],
    keeps: [
      ['src/lib/server/a.ts', "import { x } from '#lib/x.ts';\nimport { y } from './y.ts';\nimport z from 'zod';"],
      ['src/routes/+page.server.ts', "import type { PageServerLoad } from './$types';"],
      ['src/hooks.server.ts', "import page from './error.html?raw';"],
      ['tests/db/a.test.ts', "import { x } from '../support/x.ts';"],
      ['src/routes/+layout.svelte', "<script>import script from '#lib/form-client/main.ts?worker&url';</script>"],
    ],
  },
  'nothing imports a route or a command': {
    breaks: [
      ['src/lib/components/A.svelte', "<script>import { load } from '#lib/../routes/+page.server.ts';</script>"],
    ],
    keeps: [['src/cli/main.ts', "import { report } from './report.ts';"]],
  },
  'the pure folders know no server, page, file or framework': {
    breaks: [
      ['src/lib/analysis/a.ts', "import { readFileSync } from 'node:fs';"],
      ['src/lib/instrument/a.ts', "import { readFileSync } from 'fs';"],
      ['src/lib/programme/a.ts', "import type { Db } from '#lib/server/db/open.ts';"],
      ['src/lib/conversation/a.ts', "import { sql } from 'kysely';"],
      ['src/lib/disclosure/a.ts', "const { page } = await import('$app/state');"],
    ],
    keeps: [
      ['src/lib/instrument/a.ts', "import { z } from 'zod';"],
      ['src/lib/analysis/a.test.ts', "import { readFileSync } from 'node:fs';"],
    ],
  },
  'analysis imports types of instrument only': {
    breaks: [
      ['src/lib/analysis/a.ts', "import { check } from '#lib/instrument/check.ts';"],
      ['src/lib/analysis/a.ts', "import type { Rule } from '#lib/disclosure/rule.ts';"],
    ],
    keeps: [['src/lib/analysis/a.ts', "import type { Aspect } from '#lib/instrument/types.ts';\nimport './gap.ts';"]],
  },
  'disclosure imports types of analysis and instrument only': {
    breaks: [
      ['src/lib/disclosure/a.ts', "import { gap } from '#lib/analysis/gap.ts';"],
      ['src/lib/disclosure/a.ts', "import { DomainError } from '#lib/errors.ts';"],
    ],
    keeps: [['src/lib/disclosure/a.ts', "import type { Gap } from '#lib/analysis/gap.ts';"]],
  },
  'the pure folders have no clock and no chance': {
    breaks: [
      ['src/lib/programme/a.ts', 'export const today = () => new Date();'],
      ['src/lib/programme/a.ts', 'export const now = Date.now();'],
      ['src/lib/programme/a.ts', 'export const now = Date();'],
      ['src/lib/analysis/a.ts', 'const shuffle = Math.random;'],
      ['src/lib/analysis/a.ts', 'export const id = crypto.randomUUID();'],
    ],
    keeps: [['src/lib/programme/a.ts', 'export const parse = (text: string) => new Date(text);']],
  },
  'charts, components and texts know figures, not the server': {
    breaks: [['src/lib/charts/gaps.ts', "import type { Db } from '#lib/server/db/open.ts';"]],
    keeps: [['src/lib/charts/gaps.ts', "import type { Gap } from '#lib/analysis/gap.ts';"]],
  },
  'the form’s script knows the answers’ words only: no server, no framework, no texts of its own': {
    breaks: [
      ['src/lib/form-client/a.ts', "import { m } from '#lib/paraglide/messages.js';"],
      ['src/lib/form-client/a.ts', "import { goto } from '$app/navigation';"],
      ['src/lib/form-client/a.ts', "import type { Db } from '#lib/server/db/open.ts';"],
    ],
    keeps: [
      ['src/lib/form-client/a.ts', "import { isAnswered } from '#lib/form/answer.ts';"],
      ['src/lib/form-client/a.ts', "import { openDB } from 'idb';"],
    ],
  },
  'chart.js is loaded by Chart.svelte only': {
    breaks: [
      ['src/lib/components/Report.svelte', "<script>import { Chart } from 'chart.js';</script>"],
      ['src/lib/charts/to-chartjs.ts', "import { Chart } from 'chart.js/auto';"],
    ],
    keeps: [
      ['src/lib/charts/Chart.svelte', "<script>import { Chart } from 'chart.js';</script>"],
      ['src/lib/charts/to-chartjs.ts', "import type { ChartConfiguration } from 'chart.js';"],
    ],
  },
  'pages and commands call services, never queries': {
    breaks: [
      ['src/routes/a/+page.server.ts', "import * as rounds from '#lib/server/rounds/queries.ts';"],
      ['src/cli/report.ts', "import { find } from '#lib/server/rounds/queries.ts';"],
      ['src/hooks.server.ts', "import { find } from '#lib/server/accounts/queries.ts';"],
    ],
    keeps: [['src/routes/a/+page.server.ts', "import * as rounds from '#lib/server/rounds/service.ts';"]],
  },
  'only the start of the application, threads and commands open the database': {
    breaks: [
      ['src/routes/a/+server.ts', "import { openDatabase } from '#lib/server/db/open.ts';"],
      ['src/lib/server/rounds/service.ts', "import { openDatabase } from '#lib/server/db/open.ts';"],
    ],
    keeps: [
      ['src/lib/server/store.ts', "import { openDatabase } from './db/open.ts';"],
      ['src/lib/server/cohort-files/a-worker.ts', "import { openDatabase } from '#lib/server/db/open.ts';"],
      ['src/hooks.server.ts', "import { openDatabase } from '#lib/server/db/open.ts';"],
      ['src/lib/server/rounds/service.ts', "import type { Db } from '#lib/server/db/open.ts';"],
    ],
  },
  'features call each other through service.ts': {
    breaks: [['src/lib/server/reports/service.ts', "import { find } from '#lib/server/rounds/queries.ts';"]],
    keeps: [
      ['src/lib/server/reports/service.ts', "import * as rounds from '#lib/server/rounds/service.ts';"],
      ['src/lib/server/reports/service.ts', "import * as queries from './queries.ts';"],
      ['src/lib/server/reports/service.ts', "import { log } from '#lib/server/log.ts';"],
    ],
  },
  'server code and commands run in plain Node': {
    breaks: [
      ['src/lib/server/rounds/service.ts', "import { building } from '$app/environment';"],
      ['src/cli/report.ts', "import Report from '#lib/components/Report.svelte';"],
    ],
    keeps: [['src/lib/server/auth/auth.ts', "import { getRequestEvent } from '$app/server';"]],
  },
  'only db/open.ts loads the database driver': {
    breaks: [
      ['src/cli/backup.ts', "const { default: Database } = await import('better-sqlite3');"],
      ['tests/support/database.ts', "import Database from 'better-sqlite3';"],
    ],
    keeps: [['src/lib/server/db/open.ts', "const { default: Database } = await import('better-sqlite3');"]],
  },
  'SQL stands in queries.ts only': {
    breaks: [
      ['src/lib/server/rounds/service.ts', "export const all = (db) => db\n  .selectFrom('round').execute();"],
      ['src/routes/a/+page.server.ts', 'sql`select 1`.execute(db);'],
      ['src/cli/check.ts', "sql.raw('pragma integrity_check');"],
    ],
    keeps: [
      ['src/lib/server/rounds/queries.ts', "export const all = (db) => db.selectFrom('round').execute();"],
      ['src/lib/server/reports/rating-queries.ts', "export const all = (db) => db.selectFrom('answer').execute();"],
      ['src/lib/server/rounds/service.ts', 'export const all = (db) => db.transaction().execute((trx) => f(trx));'],
    ],
  },
  'db or trx is the first argument of every query and service function': {
    breaks: [
      ['src/lib/server/rounds/service.ts', 'export async function open(id: string, db: Db) {}'],
      ['src/lib/server/rounds/service.ts', 'export function open(id: string, trx: Db) {}'],
      ['src/lib/server/rounds/queries.ts', 'export const find = (id: string) => id;'],
    ],
    keeps: [
      ['src/lib/server/rounds/service.ts', 'export async function open(db: Db, id: string) {}\nfunction help() {}'],
      ['src/lib/server/rounds/service.ts', 'export function isOpen(round: Round) {}'],
      ['src/lib/server/rounds/queries.ts', 'export const find = (trx: Db) => trx;\nexport const limit = 5;'],
    ],
  },
  'no enum': {
    breaks: [['src/lib/errors.ts', 'export enum Code { a }']],
    keeps: [['src/lib/errors.ts', "export type Code = 'a';"]],
  },
  'no barrel files': {
    breaks: [
      ['src/lib/analysis/index.ts', 'export const a = 1;'],
      ['src/lib/analysis/all.ts', "export * from './gap.ts';\nexport { a } from './a.ts';"],
    ],
    keeps: [
      ['migrations/index.ts', "import * as a from './a.ts';\nexport const migrations = { a };"],
      ['src/lib/analysis/gap.ts', "export type { Gap } from './types.ts';\nexport const gap = 1;"],
    ],
  },
  'no file over 300 lines': {
    breaks: [['src/routes/+page.svelte', `<p>\n${'x\n'.repeat(300)}</p>`]],
    keeps: [
      ['src/lib/errors.ts', '//\n'.repeat(300)],
      ['src/lib/server/db/schema.ts', '//\n'.repeat(400)],
      ['src/lib/conversation/guide-texts.ts', '//\n'.repeat(400)],
    ],
  },
  'file names: kebab-case.ts, PascalCase.svelte': {
    breaks: [
      ['src/lib/schoolRound.ts', ''],
      ['src/lib/components/save-state.svelte', ''],
      ['src/lib/components/+page.svelte', ''],
    ],
    keeps: [
      ['src/lib/school-round.test.ts', ''],
      ['src/lib/components/SaveState.svelte', ''],
      ['src/routes/(rater)/form/+page.server.ts', ''],
      ['src/app.d.ts', ''],
    ],
  },
};

describe('the rules of the house', () => {
  const files = readSourceFiles(root);

  it.each(houseRules)('$name', (rule) => {
    expect(findFaults(files, [rule])).toEqual([]);
  });

  it('are kept by files that were really read', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toContain('src/lib/server/db/open.ts');
    expect(paths).toContain('tests/architecture.test.ts');
    expect(paths).toContain('migrations/index.ts');
    expect(paths.some((path) => path.endsWith('.svelte'))).toBe(true);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(50);
  });
});

describe('the checker', () => {
  it('has an example for every rule', () => {
    expect(Object.keys(examples).sort()).toEqual(houseRules.map(({ name }) => name).sort());
  });

  describe.each(houseRules)('$name', (rule) => {
    const { breaks = [], keeps = [] } = examples[rule.name] ?? {};

    it.each(breaks)('sees a fault planted in %s', (path, source) => {
      expect(findFaults([parseSource(path, source)], [rule])).toHaveLength(1);
    });

    it.each(keeps)('leaves %s alone', (path, source) => {
      expect(findFaults([parseSource(path, source)])).toEqual([]);
    });
  });

  it('names the file, the line and the rule', () => {
    const file = parseSource('src/lib/components/A.svelte', "<p>a</p>\n<script>\n  import 'chart.js';\n</script>");
    expect(findFaults([file])).toEqual([
      'src/lib/components/A.svelte:3: imports chart.js (chart.js is loaded by Chart.svelte only)',
    ]);
  });
});
