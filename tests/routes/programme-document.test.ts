import { beforeAll, describe, expect, it } from 'vitest';
import type { ProgrammePage } from '#lib/components/programme/programme-page.ts';
import type { UserActor } from '#lib/permissions.ts';
import { toProgramme } from '#lib/programme-page/to-programme.ts';
import { toSlides } from '#lib/programme-page/to-slides.ts';
import type { App } from '#lib/server/app.ts';
import { programmeDocument } from '#lib/server/downloads/pdf-programme.ts';
import { writePdf } from '#lib/server/downloads/write-pdf.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import { GET } from '../../src/routes/(steering)/programmes/[programme]/files/[file]/+server.ts';
import { load as loadPlan } from '../../src/routes/(steering)/programmes/[programme]/plan/[cohort]/+page.server.ts';
import { load as loadSlides } from '../../src/routes/(steering)/programmes/[programme]/present/+page.server.ts';
import { openTestApp } from '../support/database.ts';
import { demoAccount, loadDemo } from '../support/demo.ts';
import { visit } from '../support/page-event.ts';
import { pdfFacts, pdfPages } from '../support/read-files.ts';

let app: App;
let steering: UserActor;
let page: ProgrammePage;
let programme: string;
beforeAll(async () => {
  const opened = await openTestApp();
  app = opened.app;
  await loadDemo(app.db);
  steering = await demoAccount(app.db, 'steering');
  programme = steering.programmeIds[0] ?? '';
  page = toProgramme(await programmes.course(app.db, steering, programme, new Date()), 'nl');
  return opened.close;
}, 60_000);

const pagesOf = async (shown: ProgrammePage) => pdfPages(await writePdf(programmeDocument(shown, 'nl')));

/** The page with so many cohorts, each as full as the fullest and a round further, with eight ambitions. */
function withCohorts(count: number): ProgrammePage {
  const named = <C extends { id: string; name: string }>([first]: readonly C[], more: object = {}) =>
    Array.from(
      { length: count },
      (_, index) => ({ ...first, ...more, id: `${index}`, name: `Cohort ${index + 1}` }) as C,
    );
  const [first] = page.cohorts;
  const further = <P extends { lines: unknown[] }>(part: P | undefined) =>
    part && { ...part, lines: [...part.lines, part.lines.at(-1)] };
  const more = { response: further(first?.response), clarity: further(first?.clarity) };
  const ambitions = page.ambitions.map((one) => ({ ...one, cohorts: named(one.cohorts) }));
  return {
    ...page,
    lead: [...page.lead, ...Array.from({ length: Math.max(0, count - page.cohorts.length) }, () => page.lead[1] ?? '')],
    cohorts: named(page.cohorts, more),
    ambitions: [...ambitions, ...ambitions],
    withheld: count === 1 ? [] : page.withheld,
  };
}

describe('the page of a programme as a file', () => {
  it('holds its figures and nothing else, and is logged', async () => {
    const asked = visit(GET, { app, actor: steering, params: { programme, file: 'programme.pdf' } });
    const { data: answer } = (await asked) as { data: Response };
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="drieluik-[a-z0-9-]+\.pdf"$/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(await pdfFacts(bytes)).toMatchObject({ language: 'nl', fonts: true, author: null });
    const pages = await pdfPages(bytes);
    expect(pages.length).toBeLessThanOrEqual(4);
    const text = pages.join(' ');
    for (const cohort of page.cohorts) {
      for (const row of cohort.change?.figure.rows ?? [])
        for (const cell of row.cells) expect(text).toContain(cell.text);
    }
    for (const { title } of page.ambitions) expect(text).toContain(title);
    expect(pages[0]).toContain(`pagina 1 van ${pages.length}`);
    expect(text).not.toMatch(/effect/i);
    const log = app.db.selectFrom('audit_event').select('action').where('action', '=', 'programme.downloaded');
    expect(await log.execute()).toHaveLength(1);
  });

  it.each([1, 3, 7])('keeps to four pages with %i cohorts', async (count) => {
    const pages = await pagesOf(withCohorts(count));
    expect(pages.length).toBeLessThanOrEqual(4);
    expect(pages.join(' ').includes('Cohort 1')).toBe(count > 1);
    expect(pages.join(' ').includes('staan op de pagina van de leergang')).toBe(count > 3);
    expect(pages.join(' ')).toContain('Wat de stellingen van deze ambities zeggen');
  });

  it('says of a programme without cohorts that there are none', async () => {
    const empty = toProgramme(
      { programme: { id: 'p', name: 'Leeg', partnershipName: 'De Brug' }, cohorts: [], others: 0 },
      'nl',
    );
    const pages = await pagesOf(empty);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Deze leergang heeft nog geen cohorten.');
    expect(toSlides(empty).map(({ kind }) => kind)).toEqual(['opening']);
  });

  it('is not there for anybody else, nor by another name', async () => {
    const ask = (actor: UserActor, file: string) => visit(GET, { app, actor, params: { programme, file } });
    expect(await ask(steering, 'page.pdf')).toMatchObject({ status: 404 });
    expect(await ask({ ...steering, programmeIds: [] }, 'programme.pdf')).toMatchObject({ status: 404 });
  });
});

describe('the ambitions on the page', () => {
  it('each have every cohort by itself, in words and in figures of one decimal', () => {
    expect(page.ambitions).toHaveLength(4);
    for (const { cohorts, over } of page.ambitions) {
      expect(over).toMatch(/^\d+ stellingen horen erbij\.$/);
      expect(cohorts.map(({ name }) => name)).toEqual(page.cohorts.map(({ name }) => name));
      for (const { text, lines } of cohorts) {
        expect(text.length).toBeGreaterThan(0);
        expect(lines).toHaveLength(3);
      }
    }
    expect(page.ambitions[0]?.cohorts[0]?.text.join(' ')).toMatch(
      /IB'ers zien geen verandering .* Over \d+ van de 47 stellingen is nu geen misverstand/,
    );
    const text = JSON.stringify(page.ambitions);
    expect(text).not.toMatch(/\d[.,]\d\d|effect/i);
  });
});

describe('the presentation and the plan', () => {
  it('shows the page one idea at a time', async () => {
    const { data } = (await visit(loadSlides, { app, actor: steering, params: { programme } })) as {
      data: { page: ProgrammePage };
    };
    expect(data.page).toEqual(page);
    const slides = toSlides(data.page);
    const kinds = ['opening', 'growth', 'distance', 'clarity', 'lookBack', 'response', 'doing'];
    expect([...new Set(slides.map(({ kind }) => kind))]).toEqual([...kinds, 'ambition']);
    expect(slides.filter(({ kind }) => kind === 'ambition')).toHaveLength(page.ambitions.length);
    expect(new Set(slides.map(({ id }) => id)).size).toBe(slides.length);
  });

  it('lets the steering group read a plan without who was there', async () => {
    const [first] = page.cohorts;
    const params = { programme, cohort: first?.id ?? '' };
    const { data } = (await visit(loadPlan, { app, actor: steering, params })) as { data: { years: unknown[] } };
    expect(data.years).toHaveLength(3);
    const people = await app.db.selectFrom('person').select('name').execute();
    for (const { name } of people) expect(JSON.stringify(data)).not.toContain(name);
    const another = { ...params, programme: 'another' };
    expect(await visit(loadPlan, { app, actor: steering, params: another })).toMatchObject({ status: 404 });
  });
});
