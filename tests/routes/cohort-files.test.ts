import { sql } from 'kysely';
import readWorkbook from 'read-excel-file/node';
import { beforeEach, describe, expect, it } from 'vitest';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { App } from '#lib/server/app.ts';
import { schoolValues } from '#lib/server/reports/school-values-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { countShared } from '#lib/server/reports/shared-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { load } from '../../src/routes/(trainer)/rounds/[round]/export/+page.server.ts';
import { testApp } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { visit } from '../support/school-reports.ts';
import { ask, bytesOf, closedCohort, closeRound, rowsOf } from './cohort-files-support.ts';

const text = (value: number | null) => (value === null ? '' : String(value));
const one = (value: number | null) => text(value === null ? null : roundForDisplay(value));

describe('the files of a cohort that shares its schools', { timeout: 60_000 }, () => {
  let app: App;
  let cohort: make.TestCohort;
  let roundId: string;
  beforeEach(async () => {
    app = await testApp();
    ({ cohort, roundId } = await closedCohort(app, { schools: 6, shares: true, released: 5, name: '=Noord, "A"' }));
  });

  it('are over the schools whose reports the trainer reads: what is not released is in no figure', async () => {
    const rows = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
    const counted = rows.filter(({ figure }) => figure === 'mean' || figure === 'gap');
    expect(new Set(counted.map(({ n, schools, reason }) => `${n} ${schools} ${reason}`))).toEqual(new Set(['5 5 ']));
  });

  it('have the figures of the page, by the same function, with one decimal', async () => {
    const rows = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
    const figures = await reports.roundFigures(app.readDb, cohort.trainer, roundId);
    const find = (wanted: Record<string, string>) =>
      rows.filter((row) => Object.entries(wanted).every(([column, value]) => row[column] === value));
    for (const { view, competency, mean, low, high, n, schools } of figures?.views ?? []) {
      const [row, ...more] = find({ level: 'competency', competency, view, figure: 'mean' });
      expect(more).toEqual([]);
      expect(row).toMatchObject({
        value: one(mean),
        low: one(low),
        high: one(high),
        n: text(n),
        schools: text(schools),
      });
      expect(row?.['value']).toMatch(/^\d(\.\d)?$/);
    }
    for (const { code, gaps, readings } of figures?.aspects ?? []) {
      const about = { level: 'aspect', aspect: code };
      const gap = gaps.ib_teacher;
      expect(find({ ...about, view: 'ib_teacher', figure: 'gap' })).toMatchObject([{ value: one(gap.mean) }]);
      expect(find({ ...about, view: 'ib_teacher', figure: 'gap_large' })).toMatchObject([{ value: text(gap.large) }]);
      const shared = find({ ...about, figure: 'reading.shared_view' });
      expect(shared).toMatchObject([{ value: text(readings?.shared_view ?? 0), reason: '' }]);
    }
    for (const { aspect, U, flags } of figures?.clarity ?? []) {
      const unclear = find({ aspect, figure: 'unclear' });
      expect(unclear).toMatchObject([{ value: text(U), flagged: flags.includes('U') ? '1' : '0' }]);
    }
    expect(figures?.views.length).toBe(12);
  });

  it('have the change since each earlier round, by the function of the page, with who is in no change and why', async () => {
    const later = await closeRound(app, cohort, { score: (school) => 2 + (school % 3), released: 5 });
    const rows = (await rowsOf(app, cohort.trainer, later, 'figures.csv')).filter(({ since }) => since !== '');
    const found = await reports.change(app.readDb, cohort.trainer, roundId, later);
    expect(new Set(rows.map(({ since, round }) => `${since} ${round}`))).toEqual(new Set(['T0 T1']));
    const changes = rows.filter(({ level, figure }) => level === 'competency' && figure === 'change');
    const row = ({ view, competency, change, low, high, n }: reports.ChangeFigure) => ({
      ...{ view, competency, value: one(change), low: one(low), high: one(high), n: text(n) },
    });
    expect(changes).toMatchObject(found.views.map(row));
    expect(found.views.map(({ change }) => change)).not.toContain(null);
    const dropped = rows.filter(({ figure, view }) => figure === 'dropped.not_read' && view === 'ib');
    expect(dropped.map(({ value }) => value)).toEqual(['1', '1', '1', '1']);
  });

  it('have every view of every released school as its report shows it, and no other school', async () => {
    const rows = await rowsOf(app, cohort.trainer, roundId, 'schools.csv');
    const progress = await rounds.progress(app.db, cohort.trainer, roundId);
    expect(new Set(rows.map(({ school }) => school)).size).toBe(5);
    expect(rows.length).toBe(5 * 3 * (93 + 4));
    const released = progress.find(({ releasedAt }) => releasedAt !== null);
    const report = await reports.get(app.readDb, cohort.trainer, released?.schoolRoundId ?? '');
    const own = rows.filter(({ school }) => school === report.school);
    for (const { code, views, reading } of report.figures.aspects) {
      for (const view of ['director', 'ib', 'teacher'] as const) {
        const row = own.find((row) => row['aspect'] === code && row['view'] === view);
        expect(row).toMatchObject({ score: one(views[view].score), reason: views[view].reason ?? '', reading });
      }
    }
  });

  it('leave out a school whose director the trainer is, as the page does; with four left there is nothing', async () => {
    const invited = await make.listInvited(app.db, cohort, roundId);
    const { personId } = make.inRole(invited, 'director');
    const trainer = { ...cohort.trainer, personId };
    const count = async () => {
      const rows = await rowsOf(app, trainer, roundId, 'schools.csv');
      const values = await schoolValues(app.readDb, trainer, roundId);
      const shared = await countShared(app.readDb, trainer, roundId);
      const figures = await reports.roundFigures(app.readDb, trainer, roundId);
      return [new Set(rows.map(({ school }) => school)).size, values?.schools.length ?? 0, shared, figures?.leftOut];
    };
    expect(await count()).toEqual([0, 0, 0, { waiting: 1, own: 1, all: 6 }]);
    const all = await rounds.progress(app.db, cohort.trainer, roundId);
    const waiting = all.filter(({ releasedAt }) => releasedAt === null).map(({ schoolRoundId }) => schoolRoundId);
    await rounds.release(app.db, cohort.trainer, roundId, waiting);
    expect(await count()).toEqual([5, 5, 5, { waiting: 0, own: 1, all: 6 }]);
  });

  it('say beforehand how many rows each has, and they have', async () => {
    const page = await visit(load, app, cohort.trainer, { round: roundId });
    const {
      rows,
      rounds: held,
      sharesSchools,
    } = page as unknown as {
      rows: Record<string, number>;
      rounds: object[];
      sharesSchools: boolean;
    };
    expect(sharesSchools).toBe(true);
    expect(held).toMatchObject([{ name: 'T0', schools: 5, few: false, reports: 6, shared: 5 }]);
    for (const table of ['figures', 'schools', 'codebook']) {
      expect((await rowsOf(app, cohort.trainer, roundId, `${table}.csv`)).length, table).toBe(rows[table]);
    }
  });

  it('have a word in the codebook for every column, and for every word that stands in a column of words', async () => {
    const book = await rowsOf(app, cohort.trainer, roundId, 'codebook.csv');
    const known = new Set(book.map(({ column, value }) => `${column} ${value}`));
    for (const { nl, en } of book) expect([nl, en]).not.toContain('');
    const words = ['list', 'level', 'competency', 'cluster', 'aspect', 'view', 'figure', 'reason', 'class', 'reading'];
    for (const file of ['figures.csv', 'schools.csv']) {
      const rows = await rowsOf(app, cohort.trainer, roundId, file);
      for (const column of Object.keys(rows[0] ?? {})) expect(known).toContain(`${column} `);
      for (const row of rows) {
        for (const column of words) if (row[column]) expect(known).toContain(`${column} ${row[column]}`);
      }
    }
    expect(JSON.stringify(book)).not.toMatch(/blind_spot|blinde vlek/);
  });

  it('are one workbook too, with numbers as numbers and names that no spreadsheet runs', async () => {
    const sheets = await readWorkbook(Buffer.from(await bytesOf(app, cohort.trainer, roundId, 'figures.xlsx')));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['figures', 'schools', 'codebook']);
    const rows = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
    const [figures] = sheets;
    expect(figures?.data.length).toBe(rows.length + 1);
    expect(figures?.data[1]?.[0]).toBe(`'=Noord, "A"`);
    expect(figures?.data[1]?.[9]).toBe(Number(rows[0]?.['value']));
    expect(rows[0]?.['cohort']).toBe(`'=Noord, "A"`);
  });

  it('are written to the log before they are handed over, and named in plain letters', async () => {
    const response = await ask(app, cohort.trainer, roundId, 'schools.csv');
    await response.body?.cancel();
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="drieluik-noord-a-t0-scholen.csv"');
    const { rows } = await sql<{ object_id: string; detail: string }>`
      select object_id, detail from audit_event where action = 'cohort.figures_downloaded' order by id desc limit 1
    `.execute(app.db);
    expect(rows).toEqual([{ object_id: roundId, detail: JSON.stringify({ file: 'schools.csv' }) }]);
  });

  it('of all rounds are those of each round, one after another', async () => {
    const later = await closeRound(app, cohort);
    const first = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
    const second = await rowsOf(app, cohort.trainer, later, 'figures.csv');
    expect(await rowsOf(app, cohort.trainer, roundId, 'figures.csv', 'cohort')).toEqual([...first, ...second]);
    await make.openRound(app.db, cohort);
    expect((await rowsOf(app, cohort.trainer, later, 'schools.csv', 'cohort')).length).toBe((5 + 6) * 3 * 97);
  });

  it('have the chart of the page too, with its title, numbers and dots, as a drawing and as a picture', async () => {
    const svg = new TextDecoder().decode(await bytesOf(app, cohort.trainer, roundId, 'competencies.svg'));
    expect(svg).toContain('meting T0');
    expect(svg).toMatch(/n = 5</);
    expect(svg.match(/<circle /g)?.length ?? 0).toBeGreaterThan(5);
    const png = await bytesOf(app, cohort.trainer, roundId, 'competencies.png');
    expect([...png.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
    const other = await make.makeTrainer(app.db, { admin: true });
    await expect(ask(app, other, roundId, 'competencies.svg')).rejects.toMatchObject({ status: 404 });
  });

  it('are for nobody else, and there is no other file', async () => {
    const other = await make.makeTrainer(app.db, { admin: true });
    await expect(ask(app, other, roundId, 'figures.csv')).rejects.toMatchObject({ status: 404 });
    await expect(visit(load, app, other, { round: roundId })).rejects.toMatchObject({ status: 404 });
    await expect(ask(app, cohort.trainer, roundId, 'answers.csv')).rejects.toMatchObject({ status: 404 });
    await expect(ask(app, cohort.trainer, roundId, 'toString')).rejects.toMatchObject({ status: 404 });
  });
});

describe('the files of a cohort that shares its schools, of which there are four', { timeout: 60_000 }, () => {
  it('have none of them, as its page has none, and say so beforehand', async () => {
    const app = await testApp();
    const { cohort, roundId } = await closedCohort(app, { schools: 4, shares: true });
    const page = await visit(load, app, cohort.trainer, { round: roundId });
    expect(page).toMatchObject({ rows: { schools: 0 }, rounds: [{ few: true, reports: 4, shared: 0 }] });
    expect(await rowsOf(app, cohort.trainer, roundId, 'schools.csv')).toEqual([]);
    const workbook = await readWorkbook(Buffer.from(await bytesOf(app, cohort.trainer, roundId, 'figures.xlsx')));
    expect(JSON.stringify(workbook)).not.toContain('School 0 van');
  });
});

describe('the files of a cohort that does not share its schools', { timeout: 60_000 }, () => {
  it('have no value of a single school, under no name', async () => {
    const app = await testApp();
    const { cohort, roundId } = await closedCohort(app, { schools: 5 });
    await expect(ask(app, cohort.trainer, roundId, 'schools.csv')).rejects.toMatchObject({ status: 404 });
    const sheets = await readWorkbook(Buffer.from(await bytesOf(app, cohort.trainer, roundId, 'figures.xlsx')));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['figures', 'codebook']);
    expect(JSON.stringify(sheets)).not.toContain('School 0 van');
    const rows = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
    for (const { value, schools } of rows) if (value !== '') expect(Number(schools)).toBeGreaterThanOrEqual(5);
  });

  it('have reasons instead of figures below five schools, whatever was answered', async () => {
    const found = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const { cohort, roundId } = await closedCohort(app, { schools: 4, score: () => score, name: 'Vier' });
      const rows = await rowsOf(app, cohort.trainer, roundId, 'figures.csv');
      for (const { value, low, high, reason } of rows) {
        expect([value, low, high, reason]).toEqual(['', '', '', 'too_few_schools']);
      }
      found.push(rows);
    }
    expect(found[0]).toEqual(found[1]);
    expect(found[0]?.length).toBeGreaterThan(1000);
  });

  it('are not there as long as the round runs, and the page says why', async () => {
    const app = await testApp();
    const cohort = await make.makeCohort(app.db);
    await make.addSeries(app.db, cohort);
    const round = await make.openRound(app.db, cohort);
    await expect(ask(app, cohort.trainer, round.id, 'figures.csv')).rejects.toMatchObject({ status: 404 });
    const page = await visit(load, app, cohort.trainer, { round: round.id });
    expect(page).toMatchObject({ rounds: [], closed: [], round: { isClosed: false } });
  });
});
