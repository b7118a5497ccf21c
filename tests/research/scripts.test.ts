import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { App } from '#lib/server/app.ts';
import * as reports from '#lib/server/reports/service.ts';
import { bytesOf, closedCohort, varied } from '../routes/cohort-files-support.ts';
import { deskForEachTest, must, SEED_LIST, seedResponses } from '../support/command-line.ts';
import { testApp } from '../support/database.ts';
import type { TestCohort } from '../support/factories.ts';

const script = (name: string) => fileURLToPath(new URL(`../../docs/research/${name}`, import.meta.url));
const hasR = spawnSync('Rscript', ['--version']).status === 0;
const why = hasR ? '' : ' (LEFT OUT: this machine has no Rscript; the Debian package is r-base-core)';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'drieluik-research-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rscript(name: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('Rscript', [script(name), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function tableOf(file: string): Record<string, string>[] {
  return parse(readFileSync(file), { columns: true });
}

/** The files of a cohort, as a trainer keeps them. */
async function keepFiles(
  app: App,
  { trainer }: TestCohort,
  roundId: string,
): Promise<{ figures: string; schools: string }> {
  const keep = async (name: string) => {
    const file = join(folder, name);
    writeFileSync(file, await bytesOf(app, trainer, roundId, name));
    return file;
  };
  return { figures: await keep('figures.csv'), schools: await keep('schools.csv') };
}

describe.skipIf(!hasR)(`the R script for a cohort${why}`, { timeout: 90_000 }, () => {
  it('makes the means, the heat map and the clarity list that the dashboard has', async () => {
    const app = await testApp();
    const name = 'Noord, "A" & ë';
    // One aspect that directors cannot see, and one school whose teachers judge too little of another to be shown.
    const score: typeof varied = (school, role, code, teacher) => {
      if (role === 'director' && code === 'C1.02') return null;
      if (role === 'teacher' && code === 'C1.03' && school === 0) return null;
      return varied(school, role, code, teacher);
    };
    const { cohort, roundId } = await closedCohort(app, { schools: 6, shares: true, name, score });
    const { figures, schools } = await keepFiles(app, cohort, roundId);
    const said = rscript('cohort.R', figures, join(folder, 'out'), 'T0', schools);
    const shown = await reports.roundFigures(app.readDb, cohort.trainer, roundId);

    const means = tableOf(join(folder, 'out', 'means.csv'));
    const text = (value: number | null) => (value === null ? '' : String(roundForDisplay(value)));
    expect(means.length).toBe(12);
    expect(means.map(({ view, competency, value, low, high }) => ({ view, competency, value, low, high }))).toEqual(
      shown?.views.map(({ view, competency, mean, low, high }) => ({
        ...{ view, competency, value: text(mean), low: text(low), high: text(high) },
      })),
    );

    const heatmap = tableOf(join(folder, 'out', 'heatmap.csv'));
    expect(heatmap).toEqual(
      shown?.aspects.map(({ code, views }) => ({
        ...{ aspect: code, director: text(views.director.mean), ib: text(views.ib.mean) },
        teacher: text(views.teacher.mean),
      })),
    );
    expect(heatmap.find(({ aspect }) => aspect === 'C1.02')?.['director']).toBe('');

    const clarity = tableOf(join(folder, 'out', 'clarity.csv'));
    expect(clarity.map(({ aspect }) => aspect)).toEqual(
      shown?.clarity.flatMap(({ aspect, flags }) => flags.map(() => aspect)),
    );
    expect(clarity).toContainEqual(expect.objectContaining({ aspect: 'C1.02', view: 'director', value: '1' }));

    // R's own mean, sd and t quantile over the schools' values come to the same, but for rounding.
    const off = Number(/differ by at most ([\d.]+)/.exec(said)?.[1]);
    expect(off).toBeLessThanOrEqual(0.1);
    for (const row of tableOf(join(folder, 'out', 'means-of-schools.csv'))) {
      expect(Math.abs(Number(row['low.x']) - Number(row['low.y']))).toBeLessThanOrEqual(0.15);
      expect(Math.abs(Number(row['high.x']) - Number(row['high.y']))).toBeLessThanOrEqual(0.15);
    }
    expect(statSync(join(folder, 'out', 'figures.pdf')).size).toBeGreaterThan(5000);
  });

  it('draws nothing where everything is withheld, and does not fail', async () => {
    const app = await testApp();
    const { cohort, roundId } = await closedCohort(app, { schools: 2, shares: true });
    const { figures } = await keepFiles(app, cohort, roundId);
    rscript('cohort.R', figures, join(folder, 'few'));
    const means = tableOf(join(folder, 'few', 'means.csv'));
    expect(means.map(({ value, reason }) => `${value} ${reason}`)).toEqual(Array(12).fill(' too_few_schools'));
    expect(tableOf(join(folder, 'few', 'clarity.csv'))).toEqual([]);
  });

  it('says what is wrong with a file of another kind, or a round that is not in it', () => {
    const file = join(folder, 'other.csv');
    writeFileSync(file, 'a,b\n1,2\n');
    expect(() => rscript('cohort.R', file, folder)).toThrow(/has no column value, low, high/);
  });
});

describe.skipIf(!hasR)(`the R script for answers${why}`, { timeout: 90_000 }, () => {
  const desk = deskForEachTest();

  it('reads an export of the command line and makes the scores of the reports again', async () => {
    await must(desk().run('import-responses', seedResponses(desk()), ...SEED_LIST, '--create', '--mode', 'open'));
    const answers = desk().file('answers.csv');
    await must(desk().run('export-responses', '--cohort', 'C1', '--out', answers));
    const scores = desk().file('scores.csv');
    const rows = tableOf(answers);
    const raters = new Set(rows.map(({ rater }) => rater)).size;
    expect(rscript('responses.R', answers, scores)).toBe(`${rows.length} answers of ${raters} raters\n`);

    const made = new Map(
      tableOf(scores).map((row) => [`${row['school']} ${row['round']} ${row['role']} ${row['aspect']}`, row['score']]),
    );
    const lines = (await must(desk().run('report', '--cohort', 'C1', '--json'))).trim().split('\n');
    let compared = 0;
    for (const line of lines) {
      const report = JSON.parse(line) as reports.ReportLine;
      for (const { code, views } of report.aspects) {
        for (const view of ['director', 'ib', 'teacher'] as const) {
          const { score } = views[view];
          if (score === null) continue;
          const own = Number(made.get(`${report.school} ${report.round} ${view} ${code}`));
          expect(own).toBeCloseTo(score, 9);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(5000);
  });
});
