import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import type { UserActor } from '#lib/permissions.ts';
import { toHandout } from '#lib/report-page/to-page.ts';
import type { Db } from '#lib/server/db/open.ts';
import { reportDocument, summaryDocument } from '#lib/server/downloads/pdf-documents.ts';
import { linesOfRemarks } from '#lib/server/downloads/pdf-remarks.ts';
import { writePdf } from '#lib/server/downloads/write-pdf.ts';
import { shippedShortLists } from '#lib/server/programmes/shipped.ts';
import * as reports from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { openDemo } from '../support/demo.ts';
import { pdfPages } from '../support/read-files.ts';

const TITLES = [
  ...[
    'Aspect voor aspect',
    'Vier soorten gesprek',
    'Korte lijsten',
    'Opmerkingen',
    'Wat is er veranderd sinds meting T0?',
  ],
  ...['Adviseren en coachen in balans', 'Ruimte om te schrijven'],
  ...['Doelgericht communiceren', 'Zorgbesprekingen leiden', 'Leerkrachten adviseren', 'Leerkrachten coachen'],
  ...shippedShortLists().flatMap(({ competencies }) => competencies.map(({ title }) => title.nl)),
];
/** A remark among others, with or without the aspect that it is about. */
const REMARK = /^(De IB'er [^.]+\. )?(D|IB|L) [A-Z‘’'“].* (D|IB|L) [A-Z‘’'“]/;
const FOOT = /Drieluik · om te ontwikkelen, niet om te beoordelen pagina \d van \d$/;

type Read = (locale: Locale) => ReportPage;

describe('the demonstration’s reports on paper', { timeout: 120_000 }, () => {
  let all: Read[];
  /** The fullest, laid out in Dutch. */
  let papers: { read: Read; about: string; texts: string[] }[];
  beforeAll(async () => {
    const { db, close } = await openDemo();
    all = await readByIbers(db);
    papers = [];
    for (const read of fullest()) {
      const page = read('nl');
      const about = `${page.head.schoolName}, ${page.head.round}`;
      papers.push({ read, about, texts: await pdfPages(await writePdf(reportDocument(page, 'nl'))) });
    }
    return close;
  }, 120_000);

  /** Of everything that may fill a page, the reports with most of it. */
  function fullest(): Read[] {
    const sizes: ((page: ReportPage) => unknown)[] = [
      ({ remarks }) => remarks.groups,
      ({ head, answered, triptych, first }) => [head, answered, triptych.rows.map(({ notes }) => notes), first],
      ({ readings }) => readings.cards.map(({ top }) => top.map(({ why }) => why)),
      ({ gaps }) => gaps.map(({ caption, notes, rows }) => [caption, notes, rows.map(({ classWord }) => classWord)]),
      ({ rounds, balance }) => [rounds?.figure, balance],
    ];
    const length = (of: unknown) => JSON.stringify(of).length;
    const pages = new Map(all.map((read) => [read, read('nl')]));
    const most = sizes.flatMap((size) =>
      [...pages].toSorted(([, a], [, b]) => length(size(b)) - length(size(a))).slice(0, 2),
    );
    return [...new Set(most.map(([read]) => read))];
  }

  it('have at most eight pages, and one in the summary, in both languages', async () => {
    const remarks = papers.map(({ read }) => read('nl').remarks.groups.flatMap((group) => group.remarks).length);
    expect(Math.max(...remarks)).toBeGreaterThan(30);
    for (const { read, about, texts } of papers) {
      expect(texts.length, about).toBeLessThanOrEqual(8);
      const english = await pdfPages(await writePdf(reportDocument(read('en'), 'en')));
      expect(english.length, about).toBeLessThanOrEqual(8);
      for (const locale of ['nl', 'en'] as const) {
        expect(await pdfPages(await writePdf(summaryDocument(read(locale), locale))), about).toHaveLength(1);
      }
    }
  });

  it('keep to eight pages in whatever order remarks stand, and with nearly half as many again', async () => {
    const page = all.map((read) => read('nl')).toSorted((a, b) => linesOfRemarks(b) - linesOfRemarks(a))[0];
    if (!page) throw new Error('the demonstration has no report');
    const { groups, lead } = page.remarks;
    type Order = (a: { text: string }, b: { text: string }) => number;
    const orders: Record<string, Order> = {
      'short first': (a, b) => a.text.length - b.text.length,
      'long first': (a, b) => b.text.length - a.text.length,
      'by letter': (a, b) => (a.text < b.text ? -1 : 1),
      'by letter, last first': (a, b) => (a.text < b.text ? 1 : -1),
    };
    const lines: number[] = [];
    for (const share of [0, 0.2, 0.4]) {
      for (const [name, order] of Object.entries(orders)) {
        const fuller = groups.map((group) => {
          const again = group.remarks.slice(0, Math.round(group.remarks.length * share));
          return { ...group, remarks: [...group.remarks, ...again].toSorted(order) };
        });
        const full = { ...page, remarks: { lead, groups: fuller } };
        lines.push(linesOfRemarks(full));
        const texts = await pdfPages(await writePdf(reportDocument(full, 'nl')));
        expect(texts.length, `${share} more, ${name}`).toBeLessThanOrEqual(8);
      }
    }
    // On both sides of where the rest keeps shorter still (pdf-documents.ts).
    expect(Math.min(...lines)).toBeGreaterThan(60);
    expect(Math.min(...lines)).toBeLessThan(74);
    expect(Math.max(...lines)).toBeGreaterThan(74);
  });

  it('begin each page with something whole and end none with a heading', () => {
    for (const { about, texts } of papers) {
      for (const [index, text] of texts.entries()) {
        const where = `${about}, page ${index + 1}: ${text.slice(0, 200)}`;
        expect(index === 0 || REMARK.test(text) || TITLES.some((title) => text.startsWith(title)), where).toBe(true);
        expect(text).toMatch(FOOT);
        const last = text.replace(FOOT, '').trim();
        expect(TITLES.find((title) => last.endsWith(title))).toBeUndefined();
      }
    }
  });

  it('never hold the IB’er’s own look-back, which only the page shows', () => {
    const page = all.map((read) => read('nl')).find(({ lookBack }) => lookBack !== null);
    if (!page) throw new Error('the demonstration has no look-back');
    for (const document of [reportDocument, summaryDocument]) {
      expect(document(page, 'nl')).toEqual(document({ ...page, lookBack: null }, 'nl'));
      expect(JSON.stringify(document(page, 'nl'))).not.toContain('terugkijk');
    }
  });
});

/** Every released report as the IB'er reads it. */
async function readByIbers(db: Db): Promise<Read[]> {
  const rows = await db
    .selectFrom('school_round')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .where('released_at', 'is not', null)
    .select(['school_round.id', 'series.ratee_id'])
    .execute();
  const read: Read[] = [];
  for (const { id, ratee_id: personId } of rows) {
    const ib: UserActor = {
      ...{ kind: 'user', userId: 'ib', name: 'IB', personId, admin: false, trainer: false },
      ...{ cohortIds: [], programmeIds: [] },
    };
    const report = await reports.get(db, ib, id);
    read.push((locale) => toHandout(report, locale));
  }
  return read;
}
