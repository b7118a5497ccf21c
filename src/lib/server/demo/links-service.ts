import { STAFF } from '#lib/demo/people.ts';
import { DomainError } from '#lib/errors.ts';
import type { Role } from '#lib/instrument/types.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './queries.ts';

/** The ways into the demonstration (interfaces.md, demo load). The first three are personal links to forms of its open round. */
export type DemoLinks = {
  director: string;
  ib: string;
  teachers: string[];
  trainer: string;
  steering: string;
  admin: string;
  /** For an IB'er whose report is released. */
  school: string;
};

/**
 * New links into the demonstration: personal ones of a school in its open round, and sign-in links that work once.
 * @throws DomainError forbidden; not_found when it is not loaded, or was changed so that a link cannot be made (the open
 *   round was closed, everybody of it has submitted, no report is released)
 */
export async function links(db: Db, actor: Actor, settings: participants.LinkSettings): Promise<DemoLinks> {
  if (!may(actor, 'manage_demonstration')) throw new DomainError('forbidden');
  const users = await queries.usersByEmail(
    db,
    Object.values(STAFF).map(({ email }) => email),
  );
  const userOf = (name: keyof typeof STAFF) => present(users.find(({ email }) => email === STAFF[name].email));
  const trainer = await accounts.actorOf(db, { id: userOf('trainer').id, name: STAFF.trainer.name });
  const signIn = (name: keyof typeof STAFF) => accounts.staffSignInLink(db, actor, settings, userOf(name).id);
  return {
    ...(await raterLinks(db, trainer, settings)),
    trainer: await signIn('trainer'),
    steering: await signIn('steering'),
    admin: await signIn('admin'),
    school: await schoolLink(db, trainer, settings),
  };
}

/** Of the school of the open round where most people have yet to submit. */
async function raterLinks(
  db: Db,
  trainer: UserActor,
  settings: participants.LinkSettings,
): Promise<Pick<DemoLinks, 'director' | 'ib' | 'teachers'>> {
  const open = (await roundsOf(db, trainer)).find(({ status }) => status === 'open');
  const schools = (await rounds.progress(db, trainer, present(open).id)).map((school) => ({
    ...school,
    toGo: school.raters.filter(({ status }) => status === null),
  }));
  const [school] = schools.toSorted((a, b) => b.toGo.length - a.toGo.length);
  const { schoolRoundId, toGo } = present(school);
  const all = await participants.schoolLinks(db, trainer, settings, present(open).id, schoolRoundId);
  const of = (wanted: Role) =>
    toGo
      .filter(({ role }) => role === wanted)
      .flatMap(({ invitationId }) => all.find((link) => link.invitationId === invitationId)?.url ?? []);
  return { director: present(of('director')[0]), ib: present(of('ib')[0]), teachers: of('teacher') };
}

/** Of the IB'er whose report was released last. */
async function schoolLink(db: Db, trainer: UserActor, settings: participants.LinkSettings): Promise<string> {
  for (const { id, status } of (await roundsOf(db, trainer)).toReversed()) {
    if (status !== 'closed') continue;
    const school = (await rounds.progress(db, trainer, id)).find(({ releasedAt }) => releasedAt !== null);
    if (!school) continue;
    const { series } = school;
    const ib = present(series.team.find(({ role }) => role === 'ib'));
    return participants.memberSignInLink(db, trainer, settings, series.id, ib.id);
  }
  throw new DomainError('not_found');
}

/** The rounds of the cohort of which one is open, in order. */
async function roundsOf(db: Db, trainer: UserActor): Promise<rounds.Round[]> {
  const marked = new Set(await queries.listMarked(db, 'cohort'));
  const all = await Promise.all(
    trainer.cohortIds.filter((id) => marked.has(id)).map((cohortId) => rounds.list(db, cohortId)),
  );
  return all.find((list) => list.some(({ status }) => status === 'open')) ?? [];
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new DomainError('not_found');
  return value;
}
