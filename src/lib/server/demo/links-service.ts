import { STAFF } from '#lib/demo/people.ts';
import { DomainError } from '#lib/errors.ts';
import type { Role } from '#lib/instrument/types.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { hasCohortBeside, isInUse } from './accounts-service.ts';
import * as queries from './queries.ts';
import { assertAddress } from './service.ts';

/** The ways into the demonstration (interfaces.md, demo load). The first three are personal links to forms of its open round. */
export type DemoLinks = {
  director: string;
  ib: string;
  teachers: string[];
  /** Null once there is a real cohort beside it. */
  trainer: string | null;
  steering: string | null;
  /** Null once there is an administrator of one's own, or a real cohort: this account has no rights then. */
  admin: string | null;
  /** For an IB'er whose report is released. */
  school: string;
  /** By which schools register; null where nobody can any more. An earlier one ends. */
  registration: string | null;
};

/**
 * New links into the demonstration: personal ones of a school in its open round, and sign-in links that work once.
 * @param evenHere told a second time, where the address is not that of this machine
 * @throws DomainError forbidden; demonstration_not_local; not_found when it is not loaded, or was changed so that a link cannot be made (the open
 *   round was closed, everybody of it has submitted, no report is released)
 */
export async function links(
  db: Db,
  actor: Actor,
  settings: participants.LinkSettings,
  { evenHere = false }: { evenHere?: boolean } = {},
): Promise<DemoLinks> {
  if (!may(actor, 'manage_demonstration')) throw new DomainError('forbidden');
  assertAddress(settings.publicUrl, evenHere);
  const users = await queries.usersByEmail(
    db,
    Object.values(STAFF).map(({ email }) => email),
  );
  const userOf = (name: keyof typeof STAFF) => present(users.find(({ email }) => email === STAFF[name].email));
  const trainer = await accounts.actorOf(db, { id: userOf('trainer').id, name: STAFF.trainer.name });
  const signIn = (name: keyof typeof STAFF) => accounts.staffSignInLink(db, actor, settings, userOf(name).id);
  const { all, open } = await openCohort(db, trainer);
  const school = await freshSchool(db, trainer, open.id);
  const isBesideReal = await hasCohortBeside(db);
  return {
    ...(await raterLinks(db, trainer, settings, open.id, school)),
    trainer: isBesideReal ? null : await signIn('trainer'),
    steering: isBesideReal ? null : await signIn('steering'),
    admin: (await isInUse(db)) ? null : await signIn('admin'),
    school: await schoolLink(db, trainer, settings, all, school.series.id),
    registration: await registrationLink(db, trainer, settings.publicUrl),
  };
}

/** Of the cohort that schools register for. */
async function registrationLink(db: Db, trainer: UserActor, publicUrl: string): Promise<string | null> {
  const now = new Date();
  for (const cohortId of trainer.cohortIds) {
    const overview = await registrations.get(db, trainer, cohortId, now);
    if (overview?.isTaking) return registrations.makeLink(db, trainer, publicUrl, cohortId, now);
  }
  return null;
}

/** The cohort of which a round is open, with its rounds in order. */
async function openCohort(db: Db, trainer: UserActor): Promise<{ all: rounds.Round[]; open: rounds.Round }> {
  for (const cohortId of await queries.listMarked(db, 'cohort')) {
    const all = await rounds.list(db, cohortId);
    const open = all.find(({ status }) => status === 'open');
    if (open && trainer.cohortIds.includes(cohortId)) return { all, open };
  }
  throw new DomainError('not_found');
}

/** The school of an open round where most people have yet to begin. */
async function freshSchool(db: Db, trainer: UserActor, roundId: string): Promise<rounds.SchoolProgress> {
  const toBegin = ({ raters }: rounds.SchoolProgress) => raters.filter(({ status }) => status === null).length;
  const schools = await rounds.progress(db, trainer, roundId);
  return present(schools.toSorted((a, b) => toBegin(b) - toBegin(a))[0]);
}

async function raterLinks(
  db: Db,
  trainer: UserActor,
  settings: participants.LinkSettings,
  roundId: string,
  { schoolRoundId, raters }: rounds.SchoolProgress,
): Promise<Pick<DemoLinks, 'director' | 'ib' | 'teachers'>> {
  const all = await participants.schoolLinks(db, trainer, settings, roundId, schoolRoundId);
  const urls = new Map(all.map(({ invitationId, url }) => [invitationId, url]));
  const of = (wanted: Role) =>
    raters.filter(({ role }) => role === wanted).flatMap(({ invitationId }) => urls.get(invitationId) ?? []);
  return { director: present(of('director')[0]), ib: present(of('ib')[0]), teachers: of('teacher') };
}

/** Of an IB'er whose report of the latest closed round is released: that of this school, or else of another. */
async function schoolLink(
  db: Db,
  trainer: UserActor,
  settings: participants.LinkSettings,
  all: readonly rounds.Round[],
  seriesId: string,
): Promise<string> {
  const closed = present(all.findLast(({ status }) => status === 'closed'));
  const released = (await rounds.progress(db, trainer, closed.id)).filter(({ releasedAt }) => releasedAt !== null);
  const { series } = present(released.find((school) => school.series.id === seriesId) ?? released[0]);
  const ib = present(series.team.find(({ role }) => role === 'ib'));
  return participants.memberSignInLink(db, trainer, { ...settings, hasMail: false }, series.id, ib.id);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new DomainError('not_found');
  return value;
}
