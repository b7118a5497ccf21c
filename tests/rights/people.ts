import type { Role } from '#lib/instrument/types.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Standing } from '#lib/server/auth/session-limits.ts';
import type { Db } from '#lib/server/db/open.ts';
import { sealToken } from '#lib/server/ids.ts';
import * as notes from '#lib/server/programmes/notes-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as make from '../support/factories.ts';
import { signedInCookie } from '../support/session.ts';
import type { Place } from './stage.ts';

/** An account, and how far its session has come: a role's with its second step given or owed, or one that owes none. */
type Account = { userId: string; standing: Standing };

/** Who can knock: an account, a rater with the cookie of a form, or nobody. */
export type Knocker = Account | { formOf: make.Invited } | null;

/** A cohort as it was made, with who was asked in its closed and in its open round. */
export type Made = { place: Place; secrets: string[]; closed: make.Invited[]; open: make.Invited[] };

/** Those who walk, by name. */
export async function makePeople(db: Db, a: Made, b: Made, foreignProgramme: string): Promise<Record<string, Knocker>> {
  const operator = { kind: 'operator' } as const;
  const account = async (name: string, grants: Parameters<typeof accounts.grant>[3][]): Promise<Account> => {
    const user = await accounts.ensureUser(db, operator, { name, email: `${name}@staff.example` });
    for (const role of grants) await accounts.grant(db, operator, user.id, role);
    return { userId: user.id, standing: 'staff' };
  };
  const person = async ({ place, closed }: Made, role: Role, nth = 0): Promise<Account> => {
    const found = closed.filter((each) => each.role === role)[nth];
    const { id } = await accounts.userOfPerson(db, place.cohort.trainer, found?.personId ?? '');
    return { userId: id, standing: 'person' };
  };
  const global = { cohortId: null, programmeId: null };
  const steers = (programmeId: string) => ({ role: 'steering', cohortId: null, programmeId }) as const;
  const trainer = ({ place }: Made): Account => ({ userId: place.cohort.trainer.userId, standing: 'staff' });
  const ofA = { ...global, role: 'trainer', cohortId: a.place.cohort.id } as const;
  const former = await account('former', [ofA]);
  const directorA = await person(a, 'director');
  const director = await accounts.actorOf(db, { id: directorA.userId, name: '' });
  await reports.confirm(db, director, a.place.objects.schoolRound);
  const doneForm = a.closed.find(({ role }) => role === 'ib');
  const openForm = a.open.find(({ role }) => role === 'director');
  if (!doneForm || !openForm) throw new Error('nobody was asked');
  a.place.objects.response = (await make.enter(db, openForm)).responsePublicId;
  b.place.objects.response = (await make.enter(db, doneForm)).responsePublicId;
  const steering = await account('steering', [steers(a.place.programmeId)]);
  for (const { place } of [a, b]) {
    const writer = await accounts.actorOf(db, { id: steering.userId, name: 'steering' });
    place.objects.note = await notes.add(db, writer, place.programmeId, { kind: 'comment', text: 'Besproken' });
  }
  // Every role there is, and none of it before the second step.
  const half = await account('half', [{ ...global, role: 'admin' }, ofA, steers(a.place.programmeId)]);
  // The session of a former trainer goes on; the right does not.
  await db.deleteFrom('role_grant').where('user_id', '=', former.userId).execute();
  return {
    nobody: null,
    'trainer A': trainer(a),
    'trainer B': trainer(b),
    'former trainer': former,
    steering,
    'other steering': await account('other-steering', [steers(foreignProgramme)]),
    admin: await account('admin', [{ ...global, role: 'admin' }]),
    half: { ...half, standing: 'half' },
    'director A': directorA,
    "IB'er A": await person(a, 'ib'),
    // The list begins with the own school's; then come all, by school.
    "next IB'er A": await person(a, 'ib', 1),
    'teacher A': await person(a, 'teacher'),
    'rater with the open form': { formOf: openForm },
    'rater with the sent form': { formOf: doneForm },
  };
}

/** A cookie with a new session, as signing in leaves it for them. */
export async function cookieOf(db: Db, secret: string, knocker: Knocker): Promise<string> {
  if (knocker === null) return '';
  if ('userId' in knocker) {
    return signedInCookie(db, secret, knocker.userId, { gaveSecondFactor: knocker.standing === 'staff' });
  }
  const { responsePublicId, sessionToken } = await make.enter(db, knocker.formOf);
  return `drieluik_form_${responsePublicId}=${sealToken(secret, sessionToken)}`;
}
