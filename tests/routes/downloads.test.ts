import { readSheet } from 'read-excel-file/node';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as reports from '#lib/server/reports/service.ts';
import { toPage } from '#lib/report-page/to-page.ts';
import { GET } from '../../src/routes/(school)/reports/[schoolRound]/files/[file]/+server.ts';
import { testApp } from '../support/database.ts';
import { addSeries, makeCohort, makeTrainer } from '../support/factories.ts';
import { pdfFacts, pdfPages, pdfStreams, unzipped } from '../support/read-files.ts';
import { closedRound } from '../support/school-reports.ts';
import type { ClosedRound, Scores } from '../support/school-reports.ts';

const all = (score: number) => () => score;
const varied = (offset: number) => (code: string) => 1 + ((Number(code.slice(3)) + offset) % 5);
const three: Scores = { director: varied(0), ib: varied(1), teachers: [varied(2), varied(2), varied(3)] };
const FILES = ['report.pdf', 'summary.pdf', 'aspects.csv', 'competencies.csv', 'figures.xlsx', 'triptych.svg'];
const CHARTS = ['gaps-C1.svg', 'gaps-C2.svg', 'gaps-C3.svg', 'gaps-C4.svg'];

async function get(
  app: App,
  { schoolRoundId }: ClosedRound,
  actor: UserActor | null,
  file: string,
  locale: 'nl' | 'en' = 'nl',
): Promise<{ response: Response; bytes: Uint8Array }> {
  const event = {
    locals: { app, actor, locale },
    params: { schoolRound: schoolRoundId, file },
    request: new Request('http://localhost:3000'),
  };
  const response = await GET(event as never);
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** More digits than a page has would tell how many teachers judged an aspect (measurement.md §9.5). */
const shown = (value: number | null) => (value === null ? null : roundForDisplay(value));

/** Everything that can be read in a file, whatever it is packed in. */
async function textOf(file: string, bytes: Uint8Array): Promise<string> {
  if (file.endsWith('.pdf')) return `${(await pdfPages(bytes)).join(' ')}\n${pdfStreams(bytes)}`;
  return file.endsWith('.xlsx') ? unzipped(bytes) : new TextDecoder().decode(bytes);
}

/** The marks that a chart draws of answers: those beside the three of its legend. */
const marksOf = (svg: string) => [...svg.matchAll(/class="m-[dit]"/g)].slice(3);

/** The texts of files, without when they were made. */
async function textsOf(app: App, round: ClosedRound, files: readonly string[]): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const file of files) {
    const text = await textOf(file, (await get(app, round, round.ib, file)).bytes);
    texts[file] = text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
  }
  return texts;
}

/** Cells of a Dutch CSV: decimal commas become numbers again. */
function cellsOf(bytes: Uint8Array): (string | number)[][] {
  const rows = parse(Buffer.from(bytes), { bom: true, delimiter: ';' });
  return rows.map((row) => row.map((cell) => (/^-?\d+(,\d+)?$/.test(cell) ? Number(cell.replace(',', '.')) : cell)));
}

// Laying out a document takes a second or two on a busy machine.
describe('the files of a report', { timeout: 90_000 }, () => {
  it('are attachments with a name of plain letters, and each download is written down', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    for (const file of [...FILES, ...CHARTS]) {
      const { response, bytes } = await get(app, round, round.ib, file);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="drieluik-de-wingerd-t0[a-z0-9-]*\.[a-z]+"$/,
      );
      expect(bytes.length).toBeGreaterThan(500);
    }
    const events = await app.db
      .selectFrom('audit_event')
      .selectAll()
      .where('action', '=', 'report.downloaded')
      .execute();
    expect(events.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual(
      [...FILES, ...CHARTS].map((file) => ({ file })),
    );
    expect(
      events.every((event) => event.object_id === round.schoolRoundId && event.actor_user_id === round.ib.userId),
    ).toBe(true);
  });

  it('hold the figures of `report --json` as the page shows them, in one decimal, in the order of the list', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const [line] = await Array.fromAsync(
      reports.lines(app.readDb, { kind: 'operator' }, round.cohort.id, { viewer: 'ib' }),
    );
    if (!line) throw new Error('the command line has no report');
    const wanted = line.aspects.map(({ code, views }) => [code, ...VIEWS.map((view) => shown(views[view].score))]);
    expect(wanted).toHaveLength(93);
    const [, ...rows] = cellsOf((await get(app, round, round.ib, 'aspects.csv')).bytes);
    expect(rows.map(([code, , , ...rest]) => [code, ...rest.slice(0, 3)])).toEqual(wanted);
    const { bytes: workbook } = await get(app, round, round.ib, 'figures.xlsx');
    const [, ...sheet] = await readSheet(Buffer.from(workbook), 1);
    expect(sheet.map(([code, , , ...rest]) => [code, ...rest.slice(0, 3)])).toEqual(wanted);

    const competencies = line.competencies.map(({ code, aspects, views, gaps }) => [
      ...[code, aspects],
      ...VIEWS.flatMap((view) => [shown(views[view].score), views[view].judged]),
      ...PAIRS.flatMap((pair) => [shown(gaps[pair].gap), gaps[pair].common]),
    ]);
    const pick = ([code, , aspects, ...rest]: unknown[]) => [code, aspects, ...rest.slice(0, 6), ...rest.slice(7)];
    const [, ...gapRows] = cellsOf((await get(app, round, round.ib, 'competencies.csv')).bytes);
    expect(gapRows.slice(0, 4).map(pick)).toEqual(competencies);
    const [, ...gapSheet] = await readSheet(Buffer.from(workbook), 2);
    expect(gapSheet.slice(0, 4).map(pick)).toEqual(competencies);
    const overall = PAIRS.flatMap((pair) => [shown(line.overall.gaps[pair].gap), line.overall.gaps[pair].common]);
    expect(gapSheet[4]?.slice(10)).toEqual(overall);
  });

  it('have no more than one decimal in any cell, of earlier rounds either', async () => {
    const app = await testApp();
    const first = await closedRound(app.db, { ...three, teachers: [all(1), all(2), all(2)] });
    const { bytes } = await get(
      app,
      await closedRound(app.db, three, { cohort: first.cohort }),
      first.ib,
      'figures.xlsx',
    );
    for (const sheet of [1, 2, 3]) {
      const numbers = (await readSheet(Buffer.from(bytes), sheet)).flat().filter((cell) => typeof cell === 'number');
      expect(numbers.some((value) => !Number.isInteger(value))).toBe(true);
      expect(numbers.filter((value) => String(value).length > '-0.0'.length)).toEqual([]);
    }
  });

  it('show on paper the texts and figures of the page', async () => {
    const app = await testApp();
    const first = await closedRound(app.db, { ...three, ib: all(3) });
    const round = await closedRound(app.db, three, { cohort: first.cohort });
    const page = toPage(await reports.get(app.readDb, round.ib, round.schoolRoundId), 'nl');
    const { bytes } = await get(app, round, round.ib, 'report.pdf');
    const pages = await pdfPages(bytes);
    expect(pages.length).toBeLessThanOrEqual(8);
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(pdfStreams(bytes).length).toBeGreaterThan(100_000); // what the test below compares is really there
    expect(await pdfFacts(bytes)).toEqual({ title: 'Rapport De Wingerd, meting T1', language: 'nl', fonts: true });
    pages.forEach((text, index) => {
      expect(text).toContain('om te ontwikkelen, niet om te beoordelen');
      expect(text).toContain(`pagina ${index + 1} van ${pages.length}`);
    });
    const text = pages.join(' ');
    for (const part of [
      page.head.lead,
      page.triptych.caption,
      page.readings.caption,
      page.rounds?.figure.caption ?? '',
    ]) {
      expect(text).toContain(part);
    }
    for (const { marks, title } of page.triptych.rows) {
      expect(pages[0]).toContain(`${title} ${marks.map((mark) => mark.text).join(' ')}`);
    }
    for (const { code, statement, marks, readingWord } of page.gaps.flatMap(({ rows }) => rows)) {
      const row = text.slice(text.indexOf(`${code} ${statement}`)).slice(statement.length + code.length + 1, 400);
      const letters = ['D', 'IB', 'L'].slice(0, marks.filter(({ value }) => value !== null).length).join(' ');
      expect(
        row.trim().startsWith(`${letters} ${marks.map((mark) => mark.text).join(' ')} ${readingWord}`),
        `${code}: ${row}`,
      ).toBe(true);
    }
  });

  it('speak the reader’s language', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const { bytes, response } = await get(app, round, round.ib, 'summary.pdf', 'en');
    const [text, ...more] = await pdfPages(bytes);
    expect(more).toEqual([]);
    expect(text).toContain('to develop, not to appraise');
    expect(response.headers.get('content-disposition')).toContain('drieluik-de-wingerd-t0-summary.pdf');
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      (await get(app, round, round.ib, 'aspects.csv', 'en')).bytes,
    );
    expect(csv.startsWith('\uFEFFCode,Competency,')).toBe(true);
    expect(csv).toContain(',2.3,');
  });

  it('hold nothing of what two protected teachers answered', async () => {
    const found: Record<string, string>[] = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      const teachers = [all(score), all(score)];
      const round = await closedRound(app.db, { director: all(3), ib: all(3), teachers }, { cohort });
      const texts = await textsOf(app, round, [...FILES, ...CHARTS]);
      for (const [file, text] of Object.entries(texts)) expect(text, file).toMatch(/luik (blijft )?dicht/);
      found.push(texts);
    }
    for (const file of [...FILES, ...CHARTS]) expect(found[0]?.[file] === found[1]?.[file], file).toBe(true);
  });

  it('hold nothing of two protected teachers beside an earlier round either', async () => {
    const found: Record<string, string>[] = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      await closedRound(app.db, { director: all(3), ib: all(3), teachers: [all(3), all(3), all(3)] }, { cohort });
      const round = await closedRound(
        app.db,
        { director: all(3), ib: all(4), teachers: [all(score), all(score)] },
        { cohort },
      );
      found.push(await textsOf(app, round, ['rounds.svg', 'figures.xlsx']));
    }
    expect(found[0]?.['rounds.svg']).toMatch(/duidelijk hoger/);
    expect(found[0]).toEqual(found[1]);
  });

  it('hold nothing of the scale questions and the look-back of the IB’er', async () => {
    const found: Record<string, string>[] = [];
    for (const scales of [
      { now: 7, then: 4 },
      { now: 9, then: 1 },
    ]) {
      const app = await testApp();
      const cohort = await makeCohort(app.db, { name: 'Een cohort' });
      await addSeries(app.db, cohort, { school: 'De Wingerd', teachers: 3 });
      await closedRound(app.db, { director: all(3), ib: all(3) }, { cohort, scales: { now: 6 } });
      const round = await closedRound(app.db, { director: all(3), ib: all(4) }, { cohort, scales });
      const page = await reports.get(app.readDb, round.ib, round.schoolRoundId);
      expect(page.lookBack?.rows[0]).toMatchObject(scales);
      found.push(await textsOf(app, round, [...FILES, ...CHARTS, 'rounds.svg']));
    }
    for (const [file, text] of Object.entries(found[0] ?? {})) expect(found[1]?.[file] === text, file).toBe(true);
  });

  it('have no figure at all where everything is withheld', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { teachers: [all(4), all(4)] });
    const [, ...rows] = cellsOf((await get(app, round, round.ib, 'aspects.csv')).bytes);
    expect(rows.flatMap((row) => row.slice(3)).filter((cell) => typeof cell === 'number')).toEqual([]);
    const [, ...competencies] = cellsOf((await get(app, round, round.ib, 'competencies.csv')).bytes);
    expect(competencies.flatMap((row) => row.slice(3)).filter((cell) => typeof cell === 'number')).toEqual([]);
    for (const file of ['triptych.svg', ...CHARTS]) {
      const svg = await textOf(file, (await get(app, round, round.ib, file)).bytes);
      expect(marksOf(svg), file).toEqual([]);
    }
    const open = await closedRound(app.db, three);
    expect(marksOf(await textOf('gaps-C1.svg', (await get(app, open, open.ib, 'gaps-C1.svg')).bytes))).not.toEqual([]);
    const pages = await pdfPages((await get(app, round, round.ib, 'report.pdf')).bytes);
    expect(pages[0]).toContain('Er zijn nog geen twee beelden om naast elkaar te leggen.');
  });
});

describe('who may download', () => {
  it('whoever may open the report, and nobody else', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const other = await closedRound(app.db, three);
    const admin = await makeTrainer(app.db, { admin: true });
    const closed = await closedRound(app.db, three, { released: false });
    const notFound = { status: 404, body: { code: 'not_found' } };
    expect((await get(app, round, round.director, 'aspects.csv')).response.status).toBe(200);
    for (const actor of [other.ib, other.director, admin, round.cohort.trainer, null]) {
      for (const file of FILES) await expect(get(app, round, actor, file)).rejects.toMatchObject(notFound);
    }
    await expect(get(app, closed, closed.ib, 'aspects.csv')).rejects.toMatchObject(notFound);
    const events = await app.db
      .selectFrom('audit_event')
      .select('id')
      .where('action', '=', 'report.downloaded')
      .execute();
    expect(events).toHaveLength(1);
  });

  it('the director only once it is confirmed what the report is for', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three, { confirmed: false });
    const refused = { status: 403, body: { code: 'confirmation_needed' } };
    for (const file of [...FILES, ...CHARTS]) {
      await expect(get(app, round, round.director, file), file).rejects.toMatchObject(refused);
    }
  });

  it.each(['rounds.svg', 'gaps-C9.svg', 'answers.csv', 'toString'])('there is no %s here', async (file) => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    await expect(get(app, round, round.ib, file)).rejects.toMatchObject({ status: 404 });
  });
});
