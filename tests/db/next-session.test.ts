import { beforeAll, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as dashboards from '#lib/server/dashboard/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as nextSession from '#lib/server/next-session/service.ts';
import * as pulse from '#lib/server/rounds/pulse-service.ts';
import { deleteSessionNotes } from '#lib/server/retention/clear-queries.ts';
import { demoTrainer, openDemo } from '../support/demo.ts';
import { makeTrainer } from '../support/factories.ts';

let db: Db;
let trainer: UserActor;
let round: string;
let cohort: string;

/** A closed round of the demonstration, by how many schools its cohort has. */
async function closedOf(schools: number): Promise<{ round: string; cohort: string }> {
  const rows = await db
    .selectFrom('round')
    .innerJoin('school_round', 'school_round.round_id', 'round.id')
    .select((eb) => ['round.id', 'round.cohort_id as cohort', eb.fn.countAll<number>().as('count')])
    .where('round.status', '=', 'closed')
    .groupBy('round.id')
    .orderBy('round.number')
    .execute();
  const found = rows.find(({ count }) => count === schools);
  if (!found) throw new Error(`the demonstration has no closed round of ${schools} schools`);
  return { round: found.id, cohort: found.cohort };
}

async function session(): Promise<nextSession.NextSession> {
  const found = await dashboards.session(db, trainer, round);
  if (!found) throw new Error('the round has not closed');
  return found.session;
}

const codes = async () => (await session()).places.map(({ code }) => code);
const noteOn = async (aspect: string) => (await session()).notes.get(aspect);
const note = (aspect: string, text: string, version = 0) => ({ aspect, text, version });
const write = (...notes: nextSession.TypedNote[]) => nextSession.change(db, trainer, round, notes);

/** The first place of the session as it stands. */
async function firstPlace(): Promise<nextSession.SeenPlace> {
  const [place] = (await session()).places;
  if (!place) throw new Error('the session has no place');
  return { proposed: place.insteadOf?.code ?? place.code, seen: place.code };
}
async function otherCode(at = 0): Promise<string> {
  return (await session()).others[at]?.code ?? '';
}
const swap = (place: nextSession.SeenPlace, to: string | null) =>
  nextSession.change(db, trainer, round, [], { ...place, to });

beforeAll(async () => {
  const database = await openDemo();
  db = database.db;
  trainer = await demoTrainer(db);
  ({ round, cohort } = await closedOf(12));
  return database.close;
}, 60_000);

describe('the session that a round proposes', () => {
  it('is ten aspects: the base competency first, and within a part meaning before performance', async () => {
    const { places } = await session();
    expect(places).toHaveLength(10);
    const order = places.map(({ isBase, reading }) => (isBase ? 0 : ORDER.length) + ORDER.indexOf(reading));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(places.map(({ isBase }) => isBase))).toEqual(new Set([true, false]));
  });
  const ORDER = ['check_meaning', 'not_observed', 'seen_differently'];

  it('is none below five schools: nothing of four schools is said', async () => {
    const few = await dashboards.session(db, trainer, (await closedOf(4)).round);
    expect(few?.session).toMatchObject({ places: [], others: [] });
  });

  it('is not there for a trainer of another cohort, as if the round were not', async () => {
    const other = await makeTrainer(db);
    await expect(dashboards.session(db, other, round)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(nextSession.change(db, other, round, [note('', 'x')])).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a pulse that is planned from a session', () => {
  it('begins from the aspects of that session, as trainers made it, and else from the last whole round’s', async () => {
    const [place, to] = [await firstPlace(), await otherCode()];
    await swap(place, to);
    const { proposed } = await pulse.planOf(db, trainer, cohort, round);
    expect(proposed.toSorted()).toEqual((await codes()).toSorted());
    await swap({ proposed: place.proposed, seen: to }, null);
    const last = await pulse.planOf(db, trainer, cohort);
    for (const unknown of ['no round', (await closedOf(4)).round]) {
      expect((await pulse.planOf(db, trainer, cohort, unknown)).proposed).toEqual(last.proposed);
    }
  });
});

describe('swapping an aspect', () => {
  it('puts another in its place, and back', async () => {
    const before = await codes();
    const [place, to] = [await firstPlace(), await otherCode()];
    await swap(place, to);
    expect(await codes()).toContain(to);
    expect(await codes()).not.toContain(place.proposed);
    await swap({ proposed: place.proposed, seen: to }, null);
    expect(await codes()).toEqual(before);
  });

  it('may be done again in the same place', async () => {
    const [place, to, then] = [await firstPlace(), await otherCode(0), await otherCode(1)];
    await swap(place, to);
    await swap({ proposed: place.proposed, seen: to }, then);
    expect(await codes()).toContain(then);
    expect(await codes()).not.toContain(to);
    await swap({ proposed: place.proposed, seen: then }, null);
  });

  it('is refused where somebody else swapped that place meanwhile, or took that aspect', async () => {
    const [place, to, then] = [await firstPlace(), await otherCode(0), await otherCode(1)];
    await swap(place, to);
    await expect(swap(place, then)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    const second = (await session()).places.find(({ insteadOf }) => insteadOf === null);
    const elsewhere = { proposed: second?.code ?? '', seen: second?.code ?? '' };
    await expect(swap(elsewhere, to)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    await swap({ proposed: place.proposed, seen: to }, null);
  });

  it('takes none but what is worth training', async () => {
    await expect(swap(await firstPlace(), 'C9.99')).rejects.toMatchObject({ code: 'unknown_aspect' });
  });
});

describe('a note', () => {
  it('is kept for an aspect and for the session as a whole', async () => {
    await write(note('C1.01', 'een voorbeeld'), note(nextSession.WHOLE, 'begin met koffie'));
    expect(await noteOn('C1.01')).toMatchObject({ text: 'een voorbeeld', version: 1 });
    expect(await noteOn(nextSession.WHOLE)).toMatchObject({ text: 'begin met koffie' });
  });

  it('is not lost to somebody who had the older one open, and then nothing of that page is stored', async () => {
    await write(note('C1.02', 'van de een'));
    const late = write(note('C1.03', 'erbij'), note('C1.02', 'van de ander', 0));
    await expect(late).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect(await noteOn('C1.02')).toMatchObject({ text: 'van de een' });
    expect(await noteOn('C1.03')).toBeUndefined();
    await write(note('C1.02', 'van de ander', 1));
    expect(await noteOn('C1.02')).toMatchObject({ text: 'van de ander', version: 2 });
  });

  it('that was emptied still tells whoever has it open that it changed', async () => {
    await write(note('C1.04', 'weg'));
    await write(note('C1.04', '', 1));
    await expect(write(note('C1.04', 'terug', 1))).rejects.toMatchObject({ code: 'changed_meanwhile' });
  });

  it('that says what is there already is no change, whichever version was seen', async () => {
    await write(note('C1.05', 'hetzelfde'));
    await write(note('C1.05', 'hetzelfde'));
    expect(await noteOn('C1.05')).toMatchObject({ version: 1 });
  });

  it('has a length, and is about an aspect of the list', async () => {
    await expect(write(note('C1.06', 'a'.repeat(2001)))).rejects.toMatchObject({ code: 'comment_too_long' });
    await expect(write(note('C9.99', 'x'))).rejects.toMatchObject({ code: 'unknown_aspect' });
  });

  it('goes when the names of its cohort go, for somebody may be named in it', async () => {
    await write(note('C1.07', 'over iemand'));
    await deleteSessionNotes(db, cohort);
    expect((await session()).notes.size).toBe(0);
  });
});
