import ICAL from 'ical.js';
import { beforeEach, describe, expect, it } from 'vitest';
import * as calendar from '#lib/server/calendar/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import { hashToken } from '#lib/server/ids.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as participants from '#lib/server/participants/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { addSession, joinedAt } from '../support/sessions.ts';

const PUBLIC_URL = 'https://drieluik.example';
const now = new Date('2026-10-01T08:00:00Z');

let db: Db;
let cohort: make.TestCohort;
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
  await make.addSeries(db, cohort, { ib: 'Marloes Hendriks' });
  await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
});

const makeLink = (personId: string | null = null) =>
  calendar.make(db, cohort.trainer, PUBLIC_URL, cohort.id, personId, now);
const tokenOf = (url: string) => /\/calendar\/([^/]+)\/drieluik\.ics$/.exec(url)?.[1] ?? '';
async function personOf(name: string): Promise<string> {
  return (await db.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
}
/** As in a programme for pairs, in which directors have an address too. */
async function directorLink(personId: string): Promise<string> {
  const row = { id: 'of-director', cohort_id: cohort.id, person_id: personId, created_at: now.toISOString() };
  await db
    .insertInto('calendar_link')
    .values({ ...row, token_hash: hashToken('director') })
    .execute();
  return '/calendar/director/drieluik.ics';
}
async function read(url: string) {
  const { ics, etag } = await calendar.read(db, PUBLIC_URL, tokenOf(url));
  // A parser that is not the library that wrote it.
  const parsed = new ICAL.Component(ICAL.parse(ics) as unknown[]);
  const events = parsed.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      ...{ uid: event.uid, title: event.summary, sequence: event.sequence, place: event.location },
      ...{ start: event.startDate.toJSDate().toISOString(), isDay: event.startDate.isDate },
      end: event.endDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue('status'),
    };
  });
  return { ics, etag, events };
}

describe('a calendar', () => {
  it('has sessions at the moment that they are, on both sides of a change of the clock', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z', title: 'Voor de wintertijd' });
    await addSession(db, cohort.id, { startsAt: '2026-10-29T08:30:00.000Z', title: 'Na de wintertijd' });
    const { events } = await read(await makeLink());
    const inAmsterdam = new Intl.DateTimeFormat('nl-NL', { timeStyle: 'short', timeZone: 'Europe/Amsterdam' });
    expect(events.map(({ title, start }) => [title, inAmsterdam.format(new Date(start))])).toEqual([
      ['Voor de wintertijd', '09:30'],
      ['Na de wintertijd', '09:30'],
    ]);
    expect(events[0]).toMatchObject({ end: '2026-10-22T10:30:00.000Z', place: 'De Brug, zaal 2', status: 'CONFIRMED' });
  });

  it('keeps an event by its UID, says that it changed, and that it is cancelled', async () => {
    const id = await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z' });
    const url = await makeLink();
    const before = await read(url);
    await db
      .updateTable('training_session')
      .set({ cancelled_at: now.toISOString(), version: 2 })
      .where('id', '=', id)
      .execute();
    const after = await read(url);
    expect(after.events).toMatchObject([{ uid: `${id}@drieluik.example`, sequence: 2, status: 'CANCELLED' }]);
    expect(after.events[0]?.uid).toBe(before.events[0]?.uid);
    expect(after.etag).not.toBe(before.etag);
  });

  it('is the same bytes as long as the plan is the same', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z' });
    const url = await makeLink();
    expect(await read(url)).toEqual(await read(url));
  });

  it('lets no title write lines of its own', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z', title: 'A\r\nEND:VEVENT\r\nATTACH:x;y,z' });
    const { ics, events } = await read(await makeLink());
    expect(events).toHaveLength(1);
    expect(events[0]?.title).toBe('A END:VEVENT ATTACH:x;y,z');
    expect(ics.match(/^END:VEVENT/gm)).toHaveLength(1);
  });

  it('has assignments as a whole day', async () => {
    await db
      .insertInto('assignment')
      .values({
        ...{ id: '01a2190f-2338-76d7-9e3c-2dfabd13fb47', cohort_id: cohort.id, year: 1, title: 'Opdracht', about: '' },
        ...{ due_on: '2026-11-30', hours: 8, cancelled_at: null, version: 1 },
      })
      .execute();
    const { events, ics } = await read(await makeLink());
    expect(events).toMatchObject([{ title: 'Opdracht', isDay: true }]);
    expect(ics).toContain('DTSTART;VALUE=DATE:20261130');
  });
});

describe('a secret address', () => {
  it('is kept as a hash, and ends where another is made or it is ended', async () => {
    const first = await makeLink();
    const second = await makeLink();
    expect(JSON.stringify(await db.selectFrom('calendar_link').selectAll().execute())).not.toContain(tokenOf(second));
    await expect(read(first)).rejects.toMatchObject({ code: 'link_unknown' });
    await read(second);
    await calendar.end(db, cohort.trainer, cohort.id, null);
    await calendar.end(db, cohort.trainer, cohort.id, null);
    await expect(read(second)).rejects.toMatchObject({ code: 'link_unknown' });
    const lines = await db
      .selectFrom('audit_event')
      .select('action')
      .where('action', 'like', 'calendar.%')
      .orderBy('id')
      .execute();
    expect(lines.map(({ action }) => action)).toEqual([
      ...['calendar.link_made', 'calendar.link_made', 'calendar.link_ended'],
    ]);
  });

  it('of a director ends where the IB’er is erased: the school takes part no more by it', async () => {
    const url = await directorLink(await personOf('Joost van Dalen'));
    await read(url);
    const admin = await make.makeTrainer(db, { admin: true });
    await erasure.erase(db, admin, await personOf('Marloes Hendriks'), 'Marloes Hendriks', now);
    await expect(read(url)).rejects.toMatchObject({ code: 'link_unknown' });
  });

  it('of a participant ends with taking part: by leaving, and by being replaced', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z' });
    const [own, succeeded] = [await makeLink(), await makeLink(await personOf('Marloes Hendriks'))];
    expect((await read(succeeded)).events).toHaveLength(1);
    const seen = await db.selectFrom('series').select(['id as seriesId', 'version']).executeTakeFirstOrThrow();
    const ib = { name: 'Sanne Bakker', email: 'sanne@school.example' };
    const next = await series.succeed(db, cohort.trainer, cohort.secret, seen, ib, now);
    await expect(read(succeeded)).rejects.toMatchObject({ code: 'link_unknown' });
    await joinedAt(db, cohort.id, '2026-09-01T08:00:00.000Z');
    const left = await makeLink(await personOf('Sanne Bakker'));
    await series.leave(db, cohort.trainer, { seriesId: next, version: 1 }, now);
    await expect(read(left)).rejects.toMatchObject({ code: 'link_unknown' });
    expect((await read(own)).events).toHaveLength(1);
    const lines = await db.selectFrom('audit_event').select('id').where('action', '=', 'calendar.link_ended').execute();
    expect(lines).toHaveLength(2);
  });

  it('of a director ends with the place in the team, unless there is another', async () => {
    const director = await personOf('Joost van Dalen');
    const [first, second] = [await directorLink(director), await make.addSeries(db, cohort)];
    await db
      .updateTable('team_member')
      .set({ person_id: director })
      .where('series_id', '=', second)
      .where('role', '=', 'director')
      .execute();
    const places = await db.selectFrom('team_member').select('id').where('person_id', '=', director).execute();
    const [one, other] = places.map(({ id }) => id);
    await participants.removeRater(db, cohort.trainer, one ?? '');
    await read(first);
    await participants.removeRater(db, cohort.trainer, other ?? '');
    await expect(read(first)).rejects.toMatchObject({ code: 'link_unknown' });
  });

  it('of somebody who left before that is in the trainer’s list, to be ended', async () => {
    const person = await personOf('Marloes Hendriks');
    const url = await makeLink(person);
    await db.updateTable('series').set({ left_at: now.toISOString() }).execute();
    const list = () => calendar.list(db, cohort.trainer, cohort.id, new Date('2026-12-01T08:00:00Z'));
    expect(await list()).toMatchObject({ people: [], gone: [{ personId: person, name: 'Marloes Hendriks' }] });
    await calendar.end(db, cohort.trainer, cohort.id, person);
    expect((await list()).gone).toEqual([]);
    await expect(read(url)).rejects.toMatchObject({ code: 'link_unknown' });
  });

  it('is made by the cohort’s own trainer, for somebody who takes part', async () => {
    const other = await make.makeCohort(db);
    const url = calendar.make(db, other.trainer, PUBLIC_URL, cohort.id, null, now);
    await expect(url).rejects.toMatchObject({ code: 'forbidden' });
    const { people } = await calendar.list(db, cohort.trainer, cohort.id, now);
    const ofOther = calendar.make(db, other.trainer, PUBLIC_URL, other.id, people[0]?.personId ?? '', now);
    await expect(ofOther).rejects.toMatchObject({ code: 'not_found' });
  });
});
