import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import * as reports from '#lib/server/reports/service.ts';
import { toHandout } from '#lib/report-page/to-page.ts';
import { testApp } from '../support/database.ts';
import { makeTrainer } from '../support/factories.ts';
import { pdfFacts, pdfPages, pdfStreams } from '../support/read-files.ts';
import { closedRound } from '../support/school-reports.ts';
import { all, cellsOf, CHARTS, FILES, get, three } from './downloads-support.ts';

/** More digits than a page has would tell how many teachers judged an aspect (measurement.md §9.5). */
const shown = (value: number | null) => (value === null ? null : roundForDisplay(value));

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
    const page = toHandout(await reports.get(app.readDb, round.ib, round.schoolRoundId), 'nl');
    const { bytes } = await get(app, round, round.ib, 'report.pdf');
    const pages = await pdfPages(bytes);
    expect(pages.length).toBeLessThanOrEqual(8);
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(pdfStreams(bytes).length).toBeGreaterThan(100_000); // what the test below compares is really there
    const facts = { title: 'Rapport De Wingerd, meting T1', author: null, language: 'nl', fonts: true };
    expect(await pdfFacts(bytes)).toEqual(facts);
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
    const shown = new Map(page.gaps.flatMap(({ rows }) => rows.map((row) => [row.code, row] as const)));
    expect(page.first.aspects).toHaveLength(3);
    for (const { code, why } of page.first.aspects) {
      const { statement = '', readingWord = '' } = shown.get(code) ?? {};
      expect(pages[0]).toContain(`${readingWord} ${code} ${statement} ${why}`);
    }
    const { caption: balance, rows: balances } = page.balance ?? { caption: 'no balance', rows: [] };
    expect(text).toContain(balance);
    for (const { words, start, now } of balances) {
      expect(text).toContain(`${words} (T0 ${start?.text}, nu ${now?.text})`);
    }
    const charts = pages.slice(1).join(' ');
    for (const { code, statement, marks, readingWord } of shown.values()) {
      const row = charts.slice(charts.indexOf(`${code} ${statement}`)).slice(statement.length + code.length + 1, 400);
      const letters = ['D', 'IB', 'L'].slice(0, marks.filter(({ value }) => value !== null).length).join(' ');
      expect(
        row.trim().startsWith(`${letters} ${marks.map((mark) => mark.text).join(' ')} ${readingWord}`),
        `${code}: ${row}`,
      ).toBe(true);
    }
  });

  it('name the IB’er, also in the file that the IB’er downloads: it is handed on', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { ...three, director: all(1), ib: all(4) });
    const [text = ''] = await pdfPages((await get(app, round, round.ib, 'summary.pdf')).bytes);
    expect(text).toContain('Marloes Hendriks geeft zichzelf over de hele lijn hogere scores');
    expect(text).not.toMatch(/\b(jij|jou|jezelf)\b/i);
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
