import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { invitationToken } from '#lib/server/ids.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** People, cohorts and rounds for tests, made by the services that the pages use. */

export const SECRET = 'a secret that is only used in tests, long enough';

let counter = 0;
const next = () => ++counter;

/** Somebody with an account who may make cohorts; `admin` adds that role. */
export async function makeTrainer(db: Db, { admin = false } = {}): Promise<UserActor> {
  const name = `Trainer ${next()}`;
  const operator = { kind: 'operator' } as const;
  const user = await accounts.ensureUser(db, operator, { name, email: `trainer${counter}@voorbeeld.example` });
  await accounts.grant(db, operator, user.id, { role: 'trainer', cohortId: null, programmeId: null });
  if (admin) await accounts.grant(db, operator, user.id, { role: 'admin', cohortId: null, programmeId: null });
  return accounts.actorOf(db, user);
}

/** A cohort with the actor who is its trainer. */
export type TestCohort = { id: string; trainer: UserActor; secret: string };

export async function makeCohort(
  db: Db,
  given: { name?: string; trainerSeesSchools?: boolean; trainer?: UserActor; secret?: string } = {},
): Promise<TestCohort> {
  const maker = given.trainer ?? (await makeTrainer(db));
  // As a trainer who was let into the programme: all cohorts of a test are in one, whoever made them.
  const others = await db.selectFrom('cohort').select('id').execute();
  const id = await cohorts.create(
    db,
    { ...maker, cohortIds: others.map((cohort) => cohort.id) },
    {
      name: given.name ?? `Cohort ${next()}`,
      programme: 'De excellent communicerende IB’er',
      partnership: 'Samenwerkingsverband De Brug',
      trainerSeesSchools: given.trainerSeesSchools ?? false,
    },
  );
  const trainer = await accounts.actorOf(db, { id: maker.userId, name: maker.name });
  return { id, trainer, secret: given.secret ?? SECRET };
}

/** Adds an IB'er at a school of its own, with a director (unless null) and so many teachers. @returns the series' id */
export async function addSeries(
  db: Db,
  cohort: TestCohort,
  given: { school?: string; ib?: string; director?: string | null; teachers?: number } = {},
): Promise<string> {
  const number = next();
  const person = (name: string, key: string) => ({ name, email: `${key}${number}@school.example` });
  return participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
    school: { name: given.school ?? `Basisschool ${number}`, brin: null },
    ib: person(given.ib ?? 'Marloes Hendriks', 'ib'),
    director: given.director === null ? null : person(given.director ?? 'Joost van Dalen', 'director'),
    teachers: Array.from({ length: given.teachers ?? 3 }, (_, index) =>
      person(`Leerkracht ${index + 1}`, `teacher${index + 1}-`),
    ),
  });
}

/** Somebody who was asked, with the token of the personal link. */
export type Invited = {
  invitationId: string;
  personId: string;
  role: Role;
  seriesId: string;
  token: string;
  /** With which the token was made. */
  secret: string;
};
export type TestRound = { id: string; invited: Invited[] };
type RoundGiven = { name?: string; mode?: Mode; instrumentVersionId?: string; aspects?: readonly string[] };

/** Plans a round with the shipped list, or another one, in this mode at every school; a pulse asks `aspects`. @returns its id */
export async function planRound(db: Db, cohort: TestCohort, given: RoundGiven = {}): Promise<string> {
  const instrumentVersionId = given.instrumentVersionId ?? (await instruments.find(db, 'ib-180', '1.0.0'))?.id;
  if (instrumentVersionId === undefined) throw new Error('the shipped list is not loaded');
  const name = given.name ?? `T${(await rounds.list(db, cohort.id)).length}`;
  const aspects = given.aspects ? { aspects: given.aspects } : {};
  const id = await rounds.plan(db, cohort.trainer, cohort.id, { name, instrumentVersionId, ...aspects });
  if (given.mode === 'open') {
    for (const { schoolRoundId } of await rounds.progress(db, cohort.trainer, id)) {
      await rounds.chooseMode(db, cohort.trainer, schoolRoundId, 'open');
    }
  }
  return id;
}

/** Plans a round and opens it; gives everybody who was invited, in the order director, IB'er, teachers of each school. */
export async function openRound(
  db: Db,
  cohort: TestCohort,
  { at, ...given }: RoundGiven & { at?: Date } = {},
): Promise<TestRound> {
  const id = await planRound(db, cohort, given);
  await rounds.open(db, cohort.trainer, cohort.secret, id, at);
  return { id, invited: await listInvited(db, cohort, id) };
}

/** Everybody who was invited to a round, with the tokens of their links (first generation). */
export async function listInvited(db: Db, cohort: TestCohort, roundId: string): Promise<Invited[]> {
  const order: Role[] = ['director', 'ib', 'teacher'];
  return (await rounds.progress(db, cohort.trainer, roundId)).flatMap(({ series, raters }) =>
    raters
      .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
      .map(({ invitationId, personId, role }) => ({
        ...{ invitationId, personId, role, seriesId: series.id },
        token: invitationToken(cohort.secret, invitationId, 1),
        secret: cohort.secret,
      })),
  );
}

/** The first of these people in this role. */
export function inRole(invited: readonly Invited[], role: Role): Invited {
  const found = invited.find((person) => person.role === role);
  if (!found) throw new Error(`nobody was invited as ${role}`);
  return found;
}

/** A rater who has entered through the personal link, with the form as it then is. */
export type Entered = invitations.Entry & { form: responses.Form };

/** One answer, so that the form may be submitted. */
export async function answerOne(db: Db, entered: Entered): Promise<void> {
  await answers.save(db, await reopen(db, entered), 'C1.01', answer({ score: 4 }), 1);
}

export async function enter(db: Db, person: Pick<Invited, 'token' | 'secret'>): Promise<Entered> {
  const entry = await invitations.enter(db, person.secret, person.token);
  return { ...entry, form: await reopen(db, entry) };
}

/** The form of a rater's session, as it is now. */
export function reopen(db: Db, entry: invitations.Entry): Promise<responses.Form> {
  return responses.open(db, entry.responsePublicId, entry.sessionToken);
}

/** An answer with this score, or "not answered" with what is given. */
export function answer(given: Partial<answers.Answer> = {}): answers.Answer {
  return { score: null, cannotJudge: false, reason: null, unclear: false, comment: '', ...given };
}

/** Fills in a whole form (with this consent where that is asked) and submits it; `score` null is "cannot judge". */
export async function fillAndSubmit(
  db: Db,
  person: Pick<Invited, 'token' | 'secret'>,
  score: (code: string, index: number) => number | null = () => 3,
  consent = true,
): Promise<Entered> {
  const entered = await enter(db, person);
  await responses.chooseConsent(db, entered.form, consent);
  const form = await reopen(db, entered);
  const list = await responses.instrumentOf(db, form);
  const entries = [...list.aspectIds.keys()].map((code, index) => {
    const given = score(code, index);
    return { code, before: answer(), after: answer({ score: given, cannotJudge: given === null }) };
  });
  await answers.savePage(db, form, { aspects: entries, scales: [] });
  await responses.submit(db, entered.responsePublicId, entered.sessionToken);
  return { ...entered, form: await reopen(db, entered) };
}
