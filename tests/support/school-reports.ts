import type { PageValue } from '#lib/page/page-value.ts';
import type { Invited, TestCohort, TestRound } from './factories.ts';
import { addSeries, enter, fillAndSubmit, inRole, makeCohort, openRound } from './factories.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as answers from '#lib/server/answers/service.ts';
import type { App } from '#lib/server/app.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';

/** What each rater answers, by aspect code; null is "cannot judge". A role that is left out does not submit. */
export type Scores = {
  director?: (code: string) => number | null;
  ib?: (code: string) => number | null;
  /** One entry a teacher who submits. */
  teachers?: ((code: string) => number | null)[];
};

/** A closed round of one school. */
export type ClosedRound = {
  cohort: TestCohort;
  round: TestRound;
  schoolRoundId: string;
  ib: UserActor;
  director: UserActor;
};

/** `refuses`: the teacher, by index, who does not agree to be recognised; `scales` answers all of the IB'er's scale questions, looking back with `then`. */
type Given = {
  mode?: Mode;
  released?: boolean;
  confirmed?: boolean;
  cohort?: TestCohort;
  instrumentVersionId?: string;
  /** Of a pulse. */
  aspects?: readonly string[];
  refuses?: number;
  scales?: { now: number; then?: number };
};

/**
 * A school with three teachers of whom as many submit as there are scores; the round is closed and released, and the
 * director has confirmed what the report is for.
 */
export async function closedRound(db: Db, scores: Scores, given: Given = {}): Promise<ClosedRound> {
  const cohort = given.cohort ?? (await makeCohort(db));
  if (!given.cohort) await addSeries(db, cohort, { school: 'De Wingerd', teachers: 3 });
  const { mode, instrumentVersionId, aspects, scales } = given;
  const list = instrumentVersionId === undefined ? {} : { instrumentVersionId };
  const round = await openRound(db, cohort, { ...list, ...(aspects ? { aspects } : {}), ...(mode ? { mode } : {}) });
  if (scales) await answerScales(db, inRole(round.invited, 'ib'), scales.now);
  await submitAll(db, round.invited, scores, given.refuses);
  if (scales?.then !== undefined) await lookBack(db, inRole(round.invited, 'ib'), scales.then);
  await rounds.close(db, cohort.trainer, round.id);
  const [school] = await rounds.progress(db, cohort.trainer, round.id);
  const schoolRoundId = school?.schoolRoundId ?? '';
  if (given.released ?? true) await rounds.release(db, cohort.trainer, round.id, [schoolRoundId]);
  const actor = (role: 'ib' | 'director') => personActor(db, cohort, inRole(round.invited, role));
  const director = await actor('director');
  if ((given.released ?? true) && (given.confirmed ?? true)) await reports.confirm(db, director, schoolRoundId);
  return { cohort, round, schoolRoundId, ib: await actor('ib'), director };
}

async function answerScales(db: Db, ib: Invited, value: number): Promise<void> {
  const { form } = await enter(db, ib);
  const { competencyIds } = await responses.instrumentOf(db, form);
  for (const code of competencyIds.keys()) await answers.saveScale(db, form, code, { value, notes: [] }, 1);
}

async function lookBack(db: Db, ib: Invited, value: number): Promise<void> {
  const { form } = await enter(db, ib);
  const { competencyIds } = await responses.instrumentOf(db, form);
  for (const code of competencyIds.keys()) await answers.saveLookBack(db, form, code, value, 1);
}

async function submitAll(
  db: Db,
  invited: readonly Invited[],
  { director, ib, teachers = [] }: Scores,
  refuses: number | undefined,
): Promise<void> {
  if (director) await fillAndSubmit(db, inRole(invited, 'director'), director);
  if (ib) await fillAndSubmit(db, inRole(invited, 'ib'), ib);
  const asked = invited.filter(({ role }) => role === 'teacher');
  for (const [index, score] of teachers.entries()) {
    const teacher = asked[index];
    if (teacher) await fillAndSubmit(db, teacher, score, index !== refuses);
  }
}

/** The IB'er or director, signed in. */
async function personActor(db: Db, cohort: TestCohort, { personId }: Pick<Invited, 'personId'>): Promise<UserActor> {
  return accounts.actorOf(db, await accounts.userOfPerson(db, cohort.trainer, personId));
}

/**
 * What a page's load gives, with its value made as whoever makes the page does. It gets of the request what report pages use;
 * `query` as in an address, without the mark.
 */
export async function visit<Load extends (event: never) => unknown>(
  load: Load,
  app: Pick<App, 'readDb'>,
  actor: UserActor | null,
  params: Record<string, string> = {},
  locale: 'nl' | 'en' = 'nl',
  query = '',
): Promise<Awaited<ReturnType<Load>>> {
  const url = new URL(`http://localhost:3000/reports?${query}`);
  const locals: { pageValue?: PageValue } = {};
  const data = await load({ locals: Object.assign(locals, { app, actor, locale }), params, url } as never);
  await locals.pageValue?.made();
  return data as Awaited<ReturnType<Load>>;
}
