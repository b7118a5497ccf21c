import ICAL from 'ical.js';
import { beforeEach, describe, expect, it } from 'vitest';
import * as calendar from '#lib/server/calendar/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/series-service.ts';
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

  it('of a participant has the sessions until that person left, and none of the cohort’s others after it', async () => {
    await addSession(db, cohort.id, { startsAt: '2026-10-22T07:30:00.000Z', title: 'Voor' });
    await addSession(db, cohort.id, { startsAt: '2026-11-05T08:30:00.000Z', title: 'Na' });
    const { people } = await calendar.list(db, cohort.trainer, cohort.id, now);
    const url = await makeLink(people[0]?.personId ?? '');
    expect((await read(url)).events).toHaveLength(2);
    const series = await db.selectFrom('series').select(['id', 'version']).executeTakeFirstOrThrow();
    const left = new Date('2026-10-30T08:00:00Z');
    await participants.leave(db, cohort.trainer, { seriesId: series.id, version: series.version }, left);
    expect((await read(url)).events.map(({ title }) => title)).toEqual(['Voor']);
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
