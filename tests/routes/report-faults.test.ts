import { describe, expect, it } from 'vitest';
import type { PageValue } from '#lib/page/page-value.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import Page from '../../src/routes/(school)/reports/[schoolRound]/+page.svelte';
import { load as serverLoad } from '../../src/routes/(school)/reports/[schoolRound]/+page.server.ts';
import { load as sharedLoad } from '../../src/routes/(school)/reports/[schoolRound]/+page.ts';
import { testApp } from '../support/database.ts';
import { render } from '../support/rendered.ts';
import { closedRound, visit } from '../support/school-reports.ts';
import type { ClosedRound, Scores } from '../support/school-reports.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
const all = (score: number | null) => () => score;
const three = (score: number | null) => [all(score), all(score), all(score)];

/** The page as it is sent without scripts, with the data that it is made from. */
async function open(app: TestApp, round: ClosedRound, actor: UserActor = round.ib, query = '') {
  const params = { schoolRound: round.schoolRoundId };
  const data = (await visit(serverLoad, app, actor, params, 'nl', query)) as { report: PageValue<ReportPage> };
  const url = new URL(`http://localhost:3000/reports?${query}`);
  const shared = (await sharedLoad({ data, url } as never)) as object;
  const { body } = render(Page, { props: { data: { ...shared, userName: null }, form: null, params: {} } as never });
  const report = data.report.value;
  return { report, body, text: body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') };
}

async function openScores(scores: Scores, given: { mode?: 'open'; refuses?: number } = {}) {
  const app = await testApp();
  return open(app, await closedRound(app.db, scores, given));
}

const values = ({ triptych, gaps }: ReportPage) =>
  [...triptych.rows, ...gaps.flatMap(({ rows }) => rows)].flatMap(({ marks }) => marks.map(({ value }) => value));

describe('a report says what it cannot show, and shows no zero and no empty chart', () => {
  it('nobody answered', async () => {
    const { report, text, body } = await openScores({});
    expect(values(report).every((value) => value === null)).toBe(true);
    expect(report.head.lead).toBe('Er is te weinig beoordeeld om de beelden per competentie naast elkaar te leggen.');
    expect(report.missing?.hasFigures).toBe(false);
    expect(text).toContain('Hoe nu verder?');
    expect(body, 'nothing is laid out that has nothing in it').not.toMatch(/data-figure=|<table|<select/);
    for (const who of ['De directeur vulde niet in', "De IB'er vulde niet in", 'Geen leerkracht vulde in']) {
      expect(text).toContain(who);
    }
    expect(body).not.toMatch(/class="(trk|chart)"/);
  });

  it('only the IB’er', async () => {
    const { report, text, body } = await openScores({ ib: all(4) });
    expect(report.triptych.rows[0]?.marks.map(({ value }) => value)).toEqual([null, 4, null]);
    expect(report.missing).toMatchObject({
      views: [{ withheld: 'not_judged' }, { text: 'Dit beeld is er.', withheld: null }, { withheld: 'not_judged' }],
      hasFigures: true,
    });
    expect(text).not.toContain('Te weinig beoordeeld (93)');
    expect(body, 'nothing to choose by, and no order of differences').not.toMatch(/gapfilter|<select/);
    expect(text).not.toContain('Grootste verschil');
    expect(body).toContain('data-figure="triptych"');
    expect(body, 'one view has no gaps to read, to talk about or to list').not.toMatch(
      /data-figure="(first|readings|balance)"|id="(talks|lists|remarks)"/,
    );
  });

  it('only teachers: two views are needed for a gap', async () => {
    const { report } = await openScores({ teachers: three(4) });
    expect(report.triptych.rows[0]?.marks.map(({ value }) => value)).toEqual([null, null, 4]);
    expect(report.gaps[0]?.rows[0]).toMatchObject({ band: null, class: 'insufficient' });
    expect(report.level).toBeNull();
  });

  it('two who could judge nothing said so: that is a report', async () => {
    const { report, body } = await openScores({ director: all(null), ib: all(null) });
    expect(report.missing).toBeNull();
    expect(body).toContain('data-figure="readings"');
  });

  it('all the same score', async () => {
    const { report, text } = await openScores({ director: all(4), ib: all(4), teachers: three(4) });
    expect(report.head.lead).toBe('Jullie zien bij alle competenties ongeveer hetzelfde.');
    expect(report.first).toMatchObject({ aspects: [], isCompared: true });
    expect(text).toContain('Er is nu niets dat eerst een gesprek vraagt.');
    expect(report.level).toBeNull();
  });

  it('one or two that ask for a talk first: says that there are no more', async () => {
    const but = (codes: readonly string[]) => (code: string) => (codes.includes(code) ? 1 : 4);
    const [first = '', second = '', third = ''] = shippedInstrument()
      .competencies.flatMap(aspectsOf)
      .map(({ code }) => code);
    const fewer = async (...codes: string[]) => {
      const { report, text } = await openScores({ director: all(4), ib: but(codes), teachers: three(4) });
      expect(report.first.aspects).toHaveLength(codes.length);
      if (report.first.fewer !== null) expect(text).toContain(report.first.fewer);
      return report.first.fewer;
    };
    expect(await fewer(first)).toBe('Dit is nu het enige aspect dat eerst een gesprek vraagt.');
    expect(await fewer(first, second)).toBe('Dit zijn nu de enige aspecten die eerst een gesprek vragen.');
    expect(await fewer(first, second, third)).toBeNull();
  });

  it('means that agree over aspects that do not', async () => {
    const swing = (code: string) => (code.endsWith('1') ? 5 : code.endsWith('2') ? 1 : 3);
    const { report } = await openScores({ director: all(3), ib: swing, teachers: three(3) });
    const differ = report.readings.tally.find(({ reading }) => reading === 'seen_differently')?.count ?? 0;
    expect(differ).toBeGreaterThan(10);
    expect(report.head.lead).toBe(
      `Gemiddeld zien jullie ongeveer hetzelfde; bij ${differ} aspecten zien jullie het anders.`,
    );
    expect(report.triptych.rows.every((row) => row.class === 'in_agreement')).toBe(true);
  });

  it('nobody could judge a competency', async () => {
    const but = (code: string) => (code.startsWith('C2') ? null : 4);
    const { report } = await openScores({ director: but, ib: but, teachers: [but, but, but] });
    const row = report.triptych.rows.find(({ code }) => code === 'C2');
    expect(row?.class).toBe('insufficient');
    expect(row?.marks[1]).toMatchObject({ value: null, text: 'Te weinig beoordeeld (0 van 22; nodig 11)' });
    expect(report.gaps.find(({ code }) => code === 'C2')?.caption).toContain('wie het kan zien');
  });

  it('two teachers of whom one refused: their panel is closed and nobody is told who', async () => {
    const teachers = [all(5), all(1)];
    const { report, text } = await openScores({ director: all(4), ib: all(4), teachers }, { mode: 'open', refuses: 1 });
    for (const row of report.triptych.rows) expect(row.marks[2]).toMatchObject({ value: null, reason: 'consent' });
    expect(text).toContain('niemand hoeft die uit te leggen');
    expect(text).not.toContain('Leerkracht 1');
  });

  it('everything withheld', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { ib: all(4), teachers: [all(4), all(4)] });
    const { report, text } = await open(app, round, round.director);
    expect(values(report).every((value) => value === null)).toBe(true);
    expect(report.triptych.columns.map(({ closed }) => closed)).toEqual([false, true, true]);
    expect(report.missing?.views.map(({ withheld }) => withheld)).toEqual([
      ...['not_judged', 'other_not_submitted', 'view_hidden'],
    ]);
    expect(report.missing?.hasFigures).toBe(false);
    expect(text).toContain('Ingevuld: 2 leerkrachten. Nodig: 3.');
    expect(report.lookBack).toBeNull();
  });
});

describe('lists of other sizes', () => {
  /** The shipped list with so many aspects a cluster in its first competency, and statements of 200 characters. */
  function listOf(aspects: number): Instrument {
    const shipped = shippedInstrument();
    const [first] = shipped.competencies;
    const [cluster] = first?.clusters ?? [];
    const [aspect] = cluster?.aspects ?? [];
    if (!first || !cluster || !aspect) throw new Error('the shipped list is empty');
    const long = `De IB'er ${'oplossingsgerichtegespreksvoering '.repeat(6)}`.padEnd(200, 'x').slice(0, 200);
    const many = Array.from({ length: aspects }, (_, index) => {
      return { ...aspect, code: `L1.${index + 1}`, other: { nl: long, en: long } };
    });
    const competency = { ...first, key: 'other', code: 'L1', clusters: [{ ...cluster, aspects: many }] };
    return { ...shipped, key: `list-${aspects}`, competencies: [competency] };
  }

  it.each([6, 300])('%i aspects of 200 characters', async (aspects) => {
    const app = await testApp();
    const list = listOf(aspects);
    const operator = { kind: 'operator' } as const;
    await app.db.transaction().execute(async (trx) => {
      await instruments.importDraft(trx, operator, list);
      await instruments.publish(trx, operator, list.key, list.version);
    });
    const version = await instruments.find(app.db, list.key, list.version);
    const uneven = (code: string) => 1 + (Number(code.slice(3)) % 5);
    const scores = { director: uneven, ib: all(3), teachers: three(3) };
    const round = await closedRound(app.db, scores, { instrumentVersionId: version?.id ?? '' });
    const { report, body } = await open(app, round, round.ib, 'show=all');
    expect(report.gaps.map(({ rows }) => rows.length)).toEqual([aspects]);
    expect(body.match(/<tr [^>]*data-aspect=/g)).toHaveLength(aspects);
    expect(report.first.aspects).toHaveLength(aspects === 6 ? 2 : 3);
    expect(report.first.rule).not.toContain('gaat doelgericht');
    expect(report.balance, 'a list without advising and coaching').toBeNull();
    for (const { top } of report.readings.cards) expect(top.length).toBeLessThanOrEqual(10);
  });
});

describe('a card of a talk', () => {
  it('has ten aspects, and leads to all of them in the charts', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, { director: all(4), ib: all(4), teachers: three(4) });
    const { body, text } = await open(app, round);
    expect(body.match(/<li data-aspect="[^"]+" data-class="[^"]+" data-reading="shared_view"/g)).toHaveLength(10);
    expect(body).toContain(`href="/reports/${round.schoolRoundId}?reading=shared#aspects"`);
    expect(text).toContain('Bekijk alle 93 in de grafieken');
    expect((await open(app, round, round.ib, 'reading=shared')).text).toContain('Je ziet 93 van de 93 aspecten.');
  });
});

describe('a choice in the address, without scripts', () => {
  const uneven: Scores = { director: all(3), ib: (code) => (code.endsWith('1') ? 5 : 3), teachers: three(3) };

  it('filters the gap charts and says how many are left', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, uneven);
    const { body, text } = await open(app, round, round.ib, 'reading=differ&cluster=c1-contact');
    expect(text).toMatch(/Je ziet \d van de 93 aspecten/);
    expect([...body.matchAll(/<tr [^>]*data-aspect="([^"]+)"/g)].map((match) => match[1])).toEqual(['C1.01']);
  });

  it('shows what to do when nothing is left', async () => {
    const app = await testApp();
    const { text } = await open(app, await closedRound(app.db, uneven), undefined, 'reading=unseen');
    expect(text).toContain('Er zijn geen aspecten met deze keuze.');
    expect(text).toContain('Toon weer alles');
  });

  it('takes the level difference off, and the page says so', async () => {
    const app = await testApp();
    const round = await closedRound(app.db, {
      director: all(3),
      ib: (code) => (code === 'C1.01' ? 3 : 5),
      teachers: three(3),
    });
    const as = await open(app, round);
    expect(as.report.level).toMatchObject({ isWithout: false, shown: 'Je ziet nu de verschillen zoals ze zijn.' });
    expect(as.report.triptych.rows.map((row) => row.class)).toEqual(Array(4).fill('blind_spot'));
    const without = await open(app, round, round.ib, 'level=without');
    expect(without.report.level).toMatchObject({ isWithout: true });
    expect(without.text).toContain("IB'er − directeur +2,0");
    expect(without.report.triptych.rows.map((row) => row.class)).toEqual(Array(4).fill('in_agreement'));
    expect(without.report.first.aspects.map(({ code }) => code)).toEqual(['C1.01']);
    expect(without.report.head, 'the words speak of the scores as given').toEqual(as.report.head);
    // Beside a 5 and two threes no sentence says, without saying that the level is off, that the views are alike.
    const alike =
      /(^|[.:] )(Jullie zien hier ongeveer hetzelfde|De beelden liggen minder|De anderen zien dit|Het grootst)/;
    expect(as.text).toMatch(/Het grootste verschil zit bij/);
    expect(without.text).not.toMatch(alike);
    expect(without.text).toContain('Na aftrek van het algemene verschil liggen de beelden minder dan anderhalf punt');
    expect(without.report.triptych.caption).not.toContain('Het grootste verschil');
    expect(without.report.first.aspects[0]?.why).toMatch(
      /^Na aftrek .* score van de anderen .* hoger dan die van de IB'er zelf\.$/,
    );
    const files = 'In de bestanden staan de verschillen zoals ze zijn';
    expect([as.text.includes(files), without.text.includes(files)]).toEqual([false, true]);
  });
});

describe('the look-back of the IB’er', () => {
  it('is in the IB’er’s page alone', async () => {
    const app = await testApp();
    const first = await closedRound(app.db, { director: all(4), ib: all(4) }, { scales: { now: 6 } });
    const round = await closedRound(
      app.db,
      { director: all(4), ib: all(4) },
      { cohort: first.cohort, scales: { now: 7, then: 4 } },
    );
    const own = await open(app, round);
    expect(own.report.lookBack?.since).toBe('T0');
    expect(own.report.lookBack?.rows[0]?.figures).toEqual(['6', '4', '7', '+1', '+3', '−2']);
    const others = await open(app, round, round.director);
    expect(others.report.lookBack).toBeNull();
    expect(others.text).not.toContain('schaalvragen');
    expect((await open(app, first)).report.lookBack, 'nothing to look back on yet').toBeNull();
  });
});
