import { beforeAll, describe, expect, it } from 'vitest';
import type { AspectPage, DashboardPage, SessionPage, TrainingPart } from '#lib/components/dashboard/dashboard-page.ts';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import { openTestApp } from '../support/database.ts';
import { loadDemo } from '../support/demo.ts';
import { makeTrainer } from '../support/factories.ts';
import { send, visit, type Outcome } from '../support/page-event.ts';
import { load as loadAspect } from '../../src/routes/(trainer)/rounds/[round]/dashboard/aspects/[aspect]/+page.server.ts';
import { load as loadDashboard } from '../../src/routes/(trainer)/rounds/[round]/dashboard/+page.server.ts';
import { actions, load as loadSession } from '../../src/routes/(trainer)/rounds/[round]/session/+page.server.ts';

let app: App;
let trainer: UserActor;
type Round = { id: string; schools: number; sees: number; names: string[] };
let closed: Round[];
let open: string;

beforeAll(async () => {
  const opened = await openTestApp();
  app = opened.app;
  trainer = await loadDemo(app.db);
  const rows = await app.db
    .selectFrom('round')
    .innerJoin('cohort', 'cohort.id', 'round.cohort_id')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .innerJoin('series', 'series.id', 'school_round.series_id')
    .innerJoin('school', 'school.id', 'series.school_id')
    .select(['round.id', 'round.status', 'cohort.trainer_sees_schools as sees', 'school.name'])
    .orderBy('round.number')
    .execute();
  const byRound = Map.groupBy(rows, ({ id }) => id);
  closed = [...byRound].flatMap(([id, own]) =>
    own[0]?.status === 'closed'
      ? [{ id, schools: own.length, sees: own[0].sees, names: own.map(({ name }) => name) }]
      : [],
  );
  open = rows.find(({ status }) => status === 'open')?.id ?? '';
  return opened.close;
}, 60_000);

function roundOf(schools: number): Round {
  const found = closed.find((round) => round.schools === schools);
  if (!found) throw new Error(`no closed round of ${schools} schools`);
  return found;
}
const dataOf = <T>(outcome: Outcome): T => {
  if (!('data' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.data as T;
};
async function dashboard(round: string, actor = trainer): Promise<DashboardPage> {
  const { dashboard: text } = dataOf<{ dashboard: string }>(
    await visit(loadDashboard, { app, actor, params: { round } }),
  );
  return JSON.parse(text) as DashboardPage;
}
const aspect = async (round: string, code: string) =>
  dataOf<AspectPage>(await visit(loadAspect, { app, actor: trainer, params: { round, aspect: code } }));
const aspectsOf = <A>(parts: TrainingPart<A>[]) => parts.flatMap(({ groups }) => groups.flatMap((one) => one.aspects));
const session = async (round: string, query = '') =>
  dataOf<SessionPage>(await visit(loadSession, { app, actor: trainer, params: { round }, query }));

describe('the dashboard of a cohort', () => {
  it('has ten aspects to train, every aspect of the list in the heatmap, and three lanes a competency', async () => {
    const page = await dashboard(roundOf(12).id);
    expect(page.few).toBeNull();
    const trained = aspectsOf(page.next.parts);
    expect(trained.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(trained.every(({ why, workForm }) => why && workForm)).toBe(true);
    const rows = page.heat.tables.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.rows));
    expect(rows).toHaveLength(93);
    expect(page.heat.schools).toEqual({ low: 5, high: 12 });
    expect(page.competencies.rows.map(({ lanes }) => lanes.length)).toEqual([3, 3, 3, 3]);
    expect(page.clarity.top.length).toBeGreaterThan(0);
    expect(page.contested.length).toBeGreaterThan(0);
  });

  it('has single schools where the cohort agreed to it, by name and without any order of size', async () => {
    const { id, names } = roundOf(12);
    const page = await dashboard(id);
    expect(page.schools.rows.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(page.schools.rows.map(({ name }) => name)).toEqual(
      page.schools.rows.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'nl')),
    );
  });

  it('holds no school, and no dot of one, where the cohort did not', async () => {
    const { id, names, sees } = roundOf(6);
    expect(sees).toBe(0);
    const page = await dashboard(id);
    expect(page.few).toBeNull();
    expect(
      page.competencies.rows.flatMap(({ lanes }) => lanes.flatMap((lane) => ('dots' in lane ? lane.dots : []))),
    ).toEqual([]);
    const text = JSON.stringify([page, await aspect(id, 'C1.01'), await session(id)]);
    for (const name of names) expect(text).not.toContain(name);
  });

  it('below five schools says why and how many are needed, and holds no figure at all', async () => {
    const { id } = roundOf(4);
    const page = await dashboard(id);
    expect(page.few?.why).toMatch(/4 scholen.*5 scholen/);
    expect(page).toMatchObject({ next: { parts: [] }, contested: [], schools: { rows: [] } });
    const lanes = page.competencies.rows.flatMap((row) => row.lanes);
    expect(lanes.every(({ value }) => value === null)).toBe(true);
    // Its other pages lead to where that is said.
    for (const load of [loadAspect, loadSession] as ((event: never) => unknown)[]) {
      const params = { round: id, aspect: 'C1.01' };
      expect(await visit(load, { app, actor: trainer, params })).toEqual({ to: `/rounds/${id}/dashboard` });
    }
  });

  it('of a round that has not closed says that it comes, and holds nothing', async () => {
    const outcome = await visit(loadDashboard, { app, actor: trainer, params: { round: open } });
    expect(outcome).toMatchObject({ data: { dashboard: null, waiting: { round: { id: open } } } });
    const elsewhere = { to: `/rounds/${open}/dashboard` };
    const params = { round: open, aspect: 'C1.01' };
    expect(await visit(loadAspect, { app, actor: trainer, params })).toEqual(elsewhere);
    expect(await visit(loadSession, { app, actor: trainer, params })).toEqual(elsewhere);
  });

  it('is not there for whoever is no trainer of it, an administrator neither', async () => {
    const round = roundOf(12).id;
    for (const actor of [await makeTrainer(app.db), await makeTrainer(app.db, { admin: true })]) {
      for (const load of [loadDashboard, loadAspect, loadSession] as ((event: never) => unknown)[]) {
        const params = { round, aspect: 'C1.01' };
        expect(await visit(load, { app, actor, params })).toMatchObject({ status: 404 });
      }
    }
  });
});

describe('the page of an aspect', () => {
  it('walks through the list, from its first to its last', async () => {
    const { id } = roundOf(12);
    const first = await aspect(id, 'C1.01');
    expect(first).toMatchObject({ previous: null, next: { code: 'C1.02' } });
    expect((await aspect(id, 'C4.26')).next).toBeNull();
    expect((await aspect(id, 'C2.01')).previous).toMatchObject({ code: 'C1.24' });
  });

  it('has the rounds of the cohort beside each other, and the counts of all schools', async () => {
    const page = await aspect(roundOf(12).id, 'C1.01');
    expect(page.rounds.map(({ name }) => name)).toEqual(['T0', 'T1', 'K1', 'T2']);
    expect(page.rounds[2]).toMatchObject({ cells: null, why: 'niet gevraagd' }); // a pulse
    expect(page.rounds.filter(({ isThis }) => isThis)).toHaveLength(1);
    for (const { text, withheld, count } of page.rounds.flatMap(({ cells }) => cells ?? [])) {
      if (withheld === null) expect(`${text}, ${count}`).toMatch(/^\d,\d, ([5-9]|1[0-2]) scholen$/); // no figure without n
    }
    expect('rows' in page.readings && page.readings.rows.length).toBeGreaterThan(0);
  });

  it('is not there for a code that the list does not have', async () => {
    const params = { round: roundOf(12).id, aspect: 'C9.99' };
    expect(await visit(loadAspect, { app, actor: trainer, params })).toMatchObject({ status: 404 });
  });
});

describe('the page of a session', () => {
  const post = (action: string, form: Record<string, string>, round = roundOf(12).id) =>
    send(actions as never, action, { app, actor: trainer, params: { round }, form });

  it('keeps what was typed on every button, and swaps and undoes a place', async () => {
    const round = roundOf(12).id;
    const before = await session(round);
    const [first] = aspectsOf(before.parts);
    const code = first?.code ?? '';
    const typed = { [`note.${code}`]: 'een voorbeeld\r\nvan twee regels', [`version.${code}`]: '0' };
    const to = `/rounds/${round}/session`;
    expect(await post('choose', { ...typed, place: code })).toEqual({ to: `${to}?swap=${code}#swap` });
    const choosing = await session(round, `swap=${code}`);
    expect(aspectsOf(choosing.parts)[0]?.note).toEqual({ text: 'een voorbeeld\nvan twee regels', version: 1 });
    const other = choosing.swap?.aspects[0]?.code ?? '';
    expect(await post('swap', { place: code, [`seen.${code}`]: code, to: other })).toEqual({
      to: `${to}?done=saved#on-${other}`,
    });
    const items = aspectsOf((await session(round)).parts);
    expect(items.find((item) => item.code === other)).toMatchObject({ proposed: code, insteadOf: { code } });
    await post('undo', { place: code, [`seen.${code}`]: other });
    expect((await session(round)).parts).toEqual(choosing.parts);
  });

  it('says the order in sentences, and how many statements of the clarity list are in it', async () => {
    const { id } = roundOf(12);
    const { order, clarity, parts } = await session(id);
    expect(order).toHaveLength(3);
    expect(order[0]).toContain('Doelgericht communiceren');
    expect(parts.map(({ isBase }) => isBase)).toEqual([true, false]);
    const { top, rest } = (await dashboard(id)).clarity;
    const flagged = [...top, ...rest].map(({ code }) => code);
    const here = aspectsOf(parts).filter(({ code }) => flagged.includes(code)).length;
    expect(clarity).toContain(`Van de ${flagged.length} stellingen`);
    expect(clarity).toContain(`staan er ${here} hier`);
  });

  it('says once a group what to do, for which of its numbers where that is not the same for all', async () => {
    for (const { groups } of (await session(roundOf(12).id)).parts) {
      for (const { forms, aspects } of groups) {
        expect(forms.map(({ text }) => text)).toEqual([...new Set(aspects.map(({ workForm }) => workForm))]);
        const told = forms.flatMap((form) => form.for?.match(/\d+/g) ?? []).map(Number);
        if (forms.length > 1) expect(told.toSorted((a, b) => a - b)).toEqual(aspects.map(({ number }) => number));
        else expect(told).toEqual([]);
      }
    }
  });

  it('looks for what can come in a place by words and competency, and keeps what was typed', async () => {
    const round = roundOf(12).id;
    const to = `/rounds/${round}/session`;
    const find = { place: 'C1.14', words: 'ouders', competency: '', 'note.C1.03': 'blijft' };
    const asked = `${to}?swap=C1.14&words=ouders&competency=#swap`;
    expect(await post('choose', find)).toEqual({ to: asked });
    expect(aspectsOf((await session(round)).parts).find(({ code }) => code === 'C1.03')?.note.text).toBe('blijft');
    const place = aspectsOf((await session(round)).parts)[0]?.proposed ?? '';
    const query = { words: 'ouders', competency: 'C2' };
    expect((await session(round, `swap=${place}&words=ouders&competency=C2`)).swap?.query).toEqual(query);
    // Without words it begins with the competency of the place.
    expect((await session(round, `swap=${place}`)).swap?.query).toEqual({ words: '', competency: 'C1' });
    // Enter in the search field presses the first button: it looks, and swaps nothing.
    const enter = { ...find, to: 'C1.01', 'seen.C1.14': 'C1.14', 'shown.words': '', 'shown.competency': '' };
    expect(
      await send(actions as never, 'swap', { app, actor: trainer, params: { round }, form: enter, query: 'by=enter' }),
    ).toEqual({ to: asked });
  });

  it('asks to choose first, and keeps what was typed', async () => {
    const outcome = await post('swap', { place: 'C1.01', to: '', 'note.': 'x' });
    expect(outcome).toMatchObject({ status: 400, shown: { values: { 'note.': 'x' } } });
  });

  it('keeps a note while it is typed, and says which version it has then', async () => {
    const typed = (text: string, version: number) => ({ 'note.C1.02': text, 'version.C1.02': String(version) });
    expect(await post('keep', typed('onderweg', 0))).toEqual({ data: { versions: { 'C1.02': 1 } } });
    expect(await post('keep', typed('onderweg en verder', 1))).toEqual({ data: { versions: { 'C1.02': 2 } } });
    expect(await post('keep', typed('onderweg en verder', 1))).toEqual({ data: { versions: { 'C1.02': 2 } } });
    expect(await post('keep', typed('te laat', 1))).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile' },
    });
  });

  it('gives back what was typed where somebody else wrote meanwhile', async () => {
    await post('save', { 'note.': 'van de een', 'version.': '0' });
    const outcome = await post('save', { 'note.': 'van de ander', 'version.': '0' });
    expect(outcome).toMatchObject({
      status: 409,
      shown: { code: 'changed_meanwhile', values: { 'note.': 'van de ander' } },
    });
    expect((await session(roundOf(12).id)).note).toEqual({ text: 'van de een', version: 1 });
  });
});
