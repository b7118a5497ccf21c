import type { Db } from '#lib/server/db/open.ts';
import { registrationToken } from '#lib/server/ids.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import * as places from '#lib/server/registrations/places-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import { testDatabase } from './database.ts';
import { makeCohort, type TestCohort } from './factories.ts';
import { senderTo } from './outbox.ts';
import { mailServer } from './smtp.ts';

/** Schools that register for a cohort, by the services that the pages use. */

/** When tests of registration play; the programme begins in January. */
export const NOW = new Date('2026-11-20T10:00:00.000Z');

export const SETTINGS: registrations.Settings = {
  ...{ minPeople: 1, maxPeople: 6, pairs: true, lastOn: '2026-12-11', startsOn: '2027-01-14' },
  about: 'Zes middagen over samenwerken.',
};

/** Opens the registration of a cohort. @returns the token of the link to share */
export async function openRegistration(
  db: Db,
  { id, trainer }: TestCohort,
  settings: Partial<registrations.Settings> = {},
): Promise<string> {
  await registrations.save(db, trainer, id, null, { ...SETTINGS, ...settings }, NOW);
  const url = await registrations.makeLink(db, trainer, 'https://drieluik.example', id, NOW);
  return url.split('/').at(-1) ?? '';
}

/** A new database with a cohort for which schools can register; `token` is that of the link to share. */
export async function registering(): Promise<{ db: Db; cohort: TestCohort; token: string }> {
  const db = await testDatabase();
  const cohort = await makeCohort(db, { name: 'Cohort Oost' });
  return { db, cohort, token: await openRegistration(db, cohort) };
}

/** Sends the mail that waits through a real mail server. @returns what came in */
export async function sendWaiting(db: Db) {
  const server = await mailServer();
  await senderTo(db, server.url).run();
  return server.accepted;
}

/** A school with an IB'er, and a director where it comes as a pair. */
export function school(name: string, { pair = false } = {}): registrations.Given {
  const key = name.toLowerCase().replaceAll(' ', '-');
  return {
    school: { name, brin: null },
    ib: { name: `Ib ${name}`, email: `ib@${key}.example` },
    director: pair ? { name: `Dir ${name}`, email: `dir@${key}.example` } : null,
    language: 'nl',
  };
}

/** Registers a school. @returns its id and the token of its own link */
export async function register(
  db: Db,
  { id, secret }: TestCohort,
  token: string,
  given: registrations.Given,
  at: Date = NOW,
): Promise<{ id: string; token: string }> {
  await entering.register(db, secret, id, token, given, at);
  const row = await db
    .selectFrom('registration_entry')
    .select('id')
    .where('cohort_id', '=', id)
    .where('ib_email', '=', given.ib.email)
    .executeTakeFirstOrThrow();
  return { id: row.id, token: registrationToken(secret, row.id, 1) };
}

/** The schools of a registration, in the order of the trainer's page: "De Klimop next". */
export async function standing(db: Db, { id, trainer }: TestCohort): Promise<string[]> {
  const overview = await registrations.get(db, trainer, id, NOW);
  return (overview?.lines ?? []).map(({ school: { name }, state }) => `${name} ${state}`);
}

/** Gives the places as they would be divided now. */
export async function giveAll(db: Db, { id, trainer, secret }: TestCohort, at: Date = NOW) {
  const overview = await registrations.assertThere(db, trainer, id, at);
  const seen = overview.lines.filter(({ state }) => state === 'next').map((line) => line.id);
  return places.give(db, trainer, secret, id, seen, at);
}
