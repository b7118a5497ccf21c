import { describe, expect, it } from 'vitest';
import { EVERYTHING, type Choice } from '#lib/components/report/choice.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { PageValue } from '#lib/page/page-value.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import Page from '../../src/routes/(school)/reports/[schoolRound]/+page.svelte';
import { load } from '../../src/routes/(school)/reports/[schoolRound]/+page.server.ts';
import { makeTrainer } from '../support/factories.ts';
import { testApp } from '../support/database.ts';
import { render } from '../support/rendered.ts';
import { closedRound, visit } from '../support/school-reports.ts';
import type { ClosedRound, Scores } from '../support/school-reports.ts';
import type { UserActor } from '#lib/permissions.ts';

/** The report as the page reads it. */
type Loaded = { report: PageValue<ReportPage> };
type TestApp = Awaited<ReturnType<typeof testApp>>;

async function open(app: TestApp, { schoolRoundId }: ClosedRound, actor: UserActor | null): Promise<ReportPage> {
  const { report } = (await visit(load, app, actor, { schoolRound: schoolRoundId })) as Loaded;
  return report.value;
}

const all = (score: number) => () => score;
const varied = (offset: number) => (code: string) => 1 + ((Number(code.slice(3)) + offset) % 5);
const three: Scores = { director: varied(0), ib: varied(1), teachers: [varied(2), varied(2), varied(3)] };

/** The IB'er is higher than both others on every aspect that ends in 1. */
const proud: Scores = {
  director: all(3),
  ib: (code) => (code.endsWith('1') ? 5 : 3),
  teachers: [all(3), all(3), all(3)],
};

const marksOf = (report: ReportPage, view: 'director' | 'ib' | 'teacher') =>
  [
    ...report.triptych.rows.flatMap(({ marks }) => marks),
    ...report.gaps.flatMap(({ rows }) => rows).flatMap(({ marks }) => marks),
  ].filter((mark) => mark.view === view);

/** The page as it is sent. */
function htmlOf(report: ReportPage, choice: Choice): string {
  const data = { report: PageValue.of(report), userName: null, choice };
  return render(Page, { props: { data, params: { schoolRound: report.id } } as never }).body;
}

describe('the report of a school', () => {
  it('has the four competencies, every aspect once, and the figures that other people build on', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const report = await open(app, round, round.ib);
    expect(report.head).toMatchObject({ schoolName: 'De Wingerd', ratee: 'Marloes Hendriks', round: 'T0' });
    expect(report.triptych.rows.map(({ code }) => code)).toEqual(['C1', 'C2', 'C3', 'C4']);
    const codes = report.gaps.flatMap(({ rows }) => rows).map(({ code }) => code);
    expect(codes).toHaveLength(93);
    expect(new Set(codes).size).toBe(93);
    const listed = report.readings.tally.reduce((sum, { count }) => sum + count, 0);
    const cards = report.readings.cards.flatMap(({ top, rest }) => [...top, ...rest]);
    expect(cards).toHaveLength(listed);
    for (const { top } of report.readings.cards) expect(top.length).toBeLessThanOrEqual(10);
    expect(report.rounds).toBeNull();
  });

  it('is readable without scripts, and shows no machine word for a class or reading', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, proud);
    const report = await open(app, round, round.ib);
    const body = htmlOf(report, { ...EVERYTHING, show: 'all' });
    for (const name of ['triptych', 'gaps-C1', 'gaps-C2', 'gaps-C3', 'gaps-C4', 'readings']) {
      expect(body.includes(`data-figure="${name}"`)).toBe(true);
    }
    expect(body.includes('data-class="blind_spot" data-reading="seen_differently"')).toBe(true);
    const text = body.replace(/<[^>]*>/g, ' ');
    expect(text.includes('zelf hoger dan anderen')).toBe(true);
    expect(
      text.match(/blind_spot|hidden_strength|in_agreement|check_meaning|not_visible_for_role|hidden_cells/),
    ).toBeNull();
    expect(body.match(/<tr [^>]*data-aspect=/g)?.length).toBe(93);
    expect(body.match(/<svg class="plot-s"/g)?.length).toBe(93);
    expect(body.match(/id="mark-ib"/g)?.length).toBe(1);
    expect(body.includes(' style="')).toBe(false);
  });

  it('has the first ten aspects of each competency, and a link to the page with what opens in place', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, proud);
    const report = await open(app, round, round.ib);
    const body = htmlOf(report, EVERYTHING);
    expect(body.match(/<tr [^>]*data-aspect=/g)?.length).toBe(40);
    const links = [...body.matchAll(/href="\/reports\/[^"?]*\?show=all#(more-[^"]*)"/g)].map(([, id]) => id ?? '');
    expect(links.slice(0, 4)).toEqual(['more-C1', 'more-C2', 'more-C3', 'more-C4']);
    expect(links.join(' '), 'no machine word in an address').not.toMatch(/_|blind/);
    const whole = htmlOf(report, { ...EVERYTHING, show: 'all' });
    expect(whole.includes('#more-')).toBe(false);
    for (const id of links) expect(whole.match(new RegExp(`id="${id}"`, 'g'))?.length).toBe(1);
  });

  it('speaks the reader’s language', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const params = { schoolRound: round.schoolRoundId };
    const loaded = (await visit(load, app, round.ib, params, 'en')) as Loaded;
    const report = loaded.report.value;
    expect(report.triptych.columns[0]?.label).toBe('Director');
    expect(report.gaps[0]?.title).toBe('Communicating with purpose');
  });

  it('speaks of a sole teacher as one', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { ...proud, teachers: [all(3)] }, { mode: 'open' });
    const report = await open(app, round, round.ib);
    expect(report.triptych.columns[2]).toMatchObject({ label: 'Leerkracht', count: '1 van 3 vulde in' });
    const body = htmlOf(report, { ...EVERYTHING, show: 'all' });
    const text = body.replace(/<[^>]*>/g, ' ');
    expect(text.match(/(de|en|−|een rondje voor de) leerkrachten\b(?! (adviseren|coachen))/gi)).toBeNull();
    expect(body).toContain('een rondje voor de leerkracht.');
  });

  it('speaks to the IB’er who reads it, and names the IB’er to the director', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { director: all(3), ib: all(4), teachers: [all(3), all(3), all(3)] });
    const [own, director] = [await open(app, round, round.ib), await open(app, round, round.director)];
    expect(own.head.lead).toMatch(/^Je geeft jezelf over de hele lijn hogere scores/);
    expect(director.head.lead).toMatch(/^Marloes Hendriks geeft zichzelf over de hele lijn hogere scores/);
    const sentences = ({ head, triptych, gaps, lists, balance }: ReportPage) =>
      [head.lead, ...head.more, triptych.caption, ...gaps.map(({ caption }) => caption), balance?.caption ?? '']
        .concat(lists.map(({ intro }) => intro))
        .join(' ');
    expect(sentences(own)).not.toContain('Marloes');
    expect(sentences(director)).not.toMatch(/\b(je|jij|jou|jezelf|jijzelf)\b/i);
  });

  it('sets earlier rounds beside this one', async () => {
    const app = await testApp();
    const first = await closedRound(app.db, { ...three, ib: all(3) });
    const second = await closedRound(app.db, { ...three, ib: all(4) }, { cohort: first.cohort });
    const report = await open(app, second, second.ib);
    expect(report.rounds?.figure.rounds).toEqual(['T0', 'T1']);
    const own = report.rounds?.rows.filter(({ view }) => view === 'ib');
    expect(own).toHaveLength(4);
    for (const row of own ?? []) expect(row).toMatchObject({ from: '3,0', to: '4,0', words: 'duidelijk hoger' });
  });
});

describe('what is withheld never reaches the page', () => {
  it('nothing on it depends on what two protected teachers answered', async () => {
    const pages = [];
    for (const score of [1, 4]) {
      const app = await testApp();
      const teachers = [all(score), all(score)];
      const round = await closedRound(app.db, { director: all(3), ib: all(3), teachers });
      const report = await open(app, round, round.ib);
      for (const mark of marksOf(report, 'teacher')) expect(mark).toMatchObject({ value: null, reason: 'view_hidden' });
      const { id, ...page } = report;
      pages.push(
        JSON.stringify(page)
          .replaceAll(id, '')
          .replace(/Cohort \d+/, ''),
      );
    }
    expect(pages[0]).toBe(pages[1]);
    expect(pages[0]).toContain('Ingevuld: 2 leerkrachten. Nodig: 3.');
  });

  it('an aspect that two of three protected teachers judged shows no teachers’ score', async () => {
    const app = await testApp();
    const shy = (code: string) => (code === 'C1.01' ? null : 5);
    const round = await closedRound(app.db, { director: all(3), ib: all(3), teachers: [shy, all(5), all(5)] });
    const report = await open(app, round, round.ib);
    const row = report.gaps[0]?.rows.find(({ code }) => code === 'C1.01');
    expect(row?.marks[2]).toMatchObject({ value: null, reason: 'hidden_cells' });
    expect(row?.band).toEqual({ from: 3, to: 3 });
  });

  it('the list as it is stored, with its other language, is not in the page', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const page = JSON.stringify(await open(app, round, round.ib));
    expect(page).not.toContain('The IB');
    expect(page).not.toContain('observableBy');
  });

  it.each([
    ['ib', 'director'],
    ['director', 'ib'],
  ] as const)('the %s who did not submit does not see the %s', async (viewer, other) => {
    const pages = [];
    for (const score of [2, 4]) {
      const app = await testApp();
      const teachers = [all(3), all(3), all(3)];
      const round = await closedRound(app.db, { [other]: all(score), teachers });
      const closed = await open(app, round, round[viewer]);
      for (const mark of marksOf(closed, other)) {
        expect(mark).toMatchObject({ value: null, reason: 'other_not_submitted' });
      }
      const own = await open(app, round, round[other]);
      expect(marksOf(own, other).some(({ value }) => value === score)).toBe(true);
      const { id, ...page } = closed;
      pages.push(
        JSON.stringify(page)
          .replaceAll(id, '')
          .replace(/Cohort \d+/, ''),
      );
    }
    expect(pages[0]).toBe(pages[1]);
  });
});

describe('who may open a report', () => {
  const notFound = { status: 404, body: { code: 'not_found' } };

  it('its IB’er and its director, once it has been released', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    await expect(open(app, round, round.ib)).resolves.toMatchObject({ id: round.schoolRoundId });
    await expect(open(app, round, round.director)).resolves.toMatchObject({ id: round.schoolRoundId });
  });

  it('nobody before it is released', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three, { released: false });
    await expect(open(app, round, round.ib)).rejects.toMatchObject(notFound);
    await expect(open(app, round, round.director)).rejects.toMatchObject(notFound);
  });

  it('nobody once it was taken back, which its own readers are told and nobody else', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const { roundId } = await app.db
      .selectFrom('school_round')
      .select('round_id as roundId')
      .where('id', '=', round.schoolRoundId)
      .executeTakeFirstOrThrow();
    await rounds.withdrawRelease(app.db, round.cohort.trainer, roundId, [round.schoolRoundId]);
    const takenBack = { status: 404, body: { code: 'report_taken_back' } };
    await expect(open(app, round, round.ib)).rejects.toMatchObject(takenBack);
    await expect(open(app, round, round.director)).rejects.toMatchObject(takenBack);
    const other = await closedRound(app.db, three);
    await expect(open(app, round, other.ib)).rejects.toMatchObject(notFound);
    await expect(open(app, round, round.cohort.trainer)).rejects.toMatchObject(notFound);
    await rounds.release(app.db, round.cohort.trainer, roundId, [round.schoolRoundId]);
    await expect(open(app, round, round.ib)).resolves.toMatchObject({ id: round.schoolRoundId });
  });

  it('not the people of another school, an admin, a trainer whose cohort did not say so, or a visitor', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    const other = await closedRound(app.db, three);
    const admin = await makeTrainer(app.db, { admin: true });
    for (const actor of [other.ib, other.director, admin, round.cohort.trainer, null]) {
      await expect(open(app, round, actor)).rejects.toMatchObject(notFound);
    }
  });

  it('nobody opens one that does not exist', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, three);
    await expect(open(app, { ...round, schoolRoundId: 'none' }, round.ib)).rejects.toMatchObject(notFound);
  });
});
