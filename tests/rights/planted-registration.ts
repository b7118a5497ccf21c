import type { Db } from '#lib/server/db/open.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import type { TestCohort } from '../support/factories.ts';
import type { Objects } from './stage.ts';

/** The registration of a cohort, open for years, with a school that waits for a place. */
export async function plantRegistration(
  db: Db,
  { id, trainer, secret }: TestCohort,
  mark: string,
): Promise<Pick<Objects, 'entry' | 'registrationToken'>> {
  const now = new Date();
  const settings = { minPeople: 1, maxPeople: 12, pairs: true, lastOn: '2098-12-01', startsOn: '2099-01-31' };
  await registrations.save(db, trainer, id, null, { ...settings, about: 'Over de leergang.' }, now);
  const url = await registrations.makeLink(db, trainer, '', id, now);
  const registrationToken = url.split('/').at(-1) ?? '';
  const named = (role: string) => ({
    name: `${mark}-applicant-${role}`,
    email: `${mark}-applicant-${role}@post.example`,
  });
  const school = { name: `${mark}-applicant`, brin: null };
  const given = { school, ib: named('ib'), director: named('director'), language: 'nl' as const };
  await entering.register(db, secret, id, registrationToken, given, now);
  const { id: entry } = await db
    .selectFrom('registration_entry')
    .select('id')
    .where('cohort_id', '=', id)
    .executeTakeFirstOrThrow();
  return { entry, registrationToken };
}
