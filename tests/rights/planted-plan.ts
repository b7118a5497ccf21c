import * as actionPlans from '#lib/server/action-plans/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { actorOf, userOfPerson } from '#lib/server/accounts/service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as calendar from '#lib/server/calendar/service.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as ambitions from '#lib/server/programmes/ambitions-service.ts';
import * as changes from '#lib/server/programmes/plan-changes-service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as templateChanges from '#lib/server/programmes/template-changes-service.ts';
import * as templates from '#lib/server/programmes/templates-service.ts';
import { usefulnessToken } from '#lib/server/ids.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';
import { addSession } from '../support/sessions.ts';
import * as make from '../support/factories.ts';
import { plantRegistration } from './planted-registration.ts';
import type { Objects } from './stage.ts';

/** A session and an assignment of a cohort's plan, a template, an ambition of its programme, and its registration. */
export async function plantPlan(db: Db, { id, trainer, ...rest }: make.TestCohort, mark: string) {
  const planned = { year: 1, title: `${mark}-plan`, about: '', hours: 3 };
  const times = { startsAt: '2027-01-14T08:30:00.000Z', endsAt: '2027-01-14T11:30:00.000Z', place: '', event: null };
  await changes.saveSession(db, trainer, id, null, { ...planned, ...times });
  await changes.saveAssignment(db, trainer, id, null, { ...planned, dueOn: '2027-02-04' });
  const maker = await make.makeTrainer(db, { admin: true });
  const shipped = await templates.findNewest(db, 'samenwerken-met-ouders');
  const template = await templateChanges.copy(db, maker, shipped?.id ?? '', { key: mark, version: '1' });
  const { sessions, assignments } = await plans.planOfCohort(db, id);
  const { stamp } = await ambitions.ofCohort(db, trainer, id);
  const ambition = { title: `${mark}-ambition`, listKey: 'ib-180', aspects: ['C1.01'] };
  await ambitions.save(db, trainer, id, { stamp, id: null }, ambition);
  const made = (await ambitions.ofCohort(db, trainer, id)).ambitions.at(-1)?.id ?? '';
  return {
    meeting: sessions.find(({ title }) => title === planned.title)?.id ?? '',
    assignment: assignments[0]?.id ?? '',
    ambition: made,
    template,
    ...(await plantRegistration(db, { id, trainer, ...rest }, mark)),
  };
}

/** A session that began an hour ago, at which the participant was, who is asked how useful it was. */
export async function plantSession(
  db: Db,
  cohort: make.TestCohort,
  mark: string,
  participant: string,
): Promise<Pick<Objects, 'trainingSession' | 'participant' | 'question' | 'usefulToken' | 'calendarToken'>> {
  const now = new Date();
  const startsAt = new Date(now.getTime() - 3_600_000).toISOString();
  const trainingSession = await addSession(db, cohort.id, { startsAt, title: `${mark}-session` });
  const present = { personId: participant, seen: null, presence: 'present' } as const;
  await attendance.mark(db, cohort.trainer, cohort.id, trainingSession, present, now);
  await usefulness.ask(db, cohort.trainer, { secret: cohort.secret, mail: null }, cohort.id, trainingSession, now);
  const { id } = await db
    .selectFrom('usefulness_link')
    .select('id')
    .where('session_id', '=', trainingSession)
    .executeTakeFirstOrThrow();
  const address = await calendar.make(db, cohort.trainer, '', cohort.id, participant, now);
  const calendarToken = address.split('/')[2] ?? '';
  return { calendarToken, trainingSession, participant, question: id, usefulToken: usefulnessToken(cohort.secret, id) };
}

/**
 * The action plan of somebody at the own school, which nobody else may read, and one that its writer at the next school
 * shares. @returns a step of the first
 */
export async function plantActionPlans(
  db: Db,
  { id, trainer }: make.TestCohort,
  mark: string,
  { own, next }: { own: string; next: string },
): Promise<string> {
  const now = new Date();
  // Whose account it is does not matter: a plan is its person's.
  const as = (personId: string) => ({ ...trainer, personId });
  const said = { help: '', signs: '', steps: [{ id: null, text: 'Bellen', onDay: null }] };
  await actionPlans.save(db, as(own), id, 0, { ...said, goal: `${mark}-goal` }, now);
  await actionPlans.save(db, as(next), id, 0, { ...said, goal: `${mark}-shared` }, now);
  await actionPlans.share(db, as(next), id, true, now);
  return (await actionPlans.own(db, as(own), id)).plan?.steps[0]?.id ?? '';
}

/** What the participant handed in for the assignment, with a file, and the feedback on it. */
export async function plantHandIn(
  db: Db,
  cohort: make.TestCohort,
  mark: string,
  { participant: personId, assignment }: Pick<Objects, 'participant' | 'assignment'>,
): Promise<void> {
  const author = await actorOf(db, await userOfPerson(db, cohort.trainer, personId));
  const file = { name: 'verslag.pdf', bytes: Buffer.from(`%PDF-1.7 ${mark}-work`) };
  const given = { stamp: '', text: `${mark}-work`, link: '', file };
  const now = new Date();
  await handIns.handIn(db, author, assignment, given, now);
  const at = { cohortId: cohort.id, assignmentId: assignment, personId };
  const { seen } = await feedback.openWork(db, cohort.trainer, at);
  await feedback.giveFeedback(db, cohort.trainer, at, seen, `${mark}-feedback`, now);
}
