import { handedInBy, livedBy } from '#lib/demo/lived.ts';
import { ACTION_PLANS } from '#lib/demo/pairs-data.ts';
import { DEMO_SEED } from '#lib/demo/plan.ts';
import type { DemoCourse } from '#lib/demo/types.ts';
import type { Actor, UserActor } from '#lib/permissions.ts';
import { addDays } from '#lib/programme/calendar.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as actionPlans from '#lib/server/action-plans/service.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as feedback from '#lib/server/hand-ins/feedback-service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import * as plans from '#lib/server/programmes/plan-service.ts';
import * as usefulness from '#lib/server/usefulness/service.ts';

const DAY = 86_400_000;

/**
 * Lets the sessions of an invented cohort that are over be lived: who was there, and how useful they found it. Made by the
 * services that pages use, at the moments at which it would have been.
 */
export async function liveSessions(
  trx: Db,
  trainer: Actor,
  cohortId: string,
  { course, secret, now }: { course: DemoCourse; secret: string; now: Date },
): Promise<void> {
  const sessions = await attendance.list(trx, trainer, cohortId, now);
  const over = sessions.filter(({ endsAt, cancelledAt }) => cancelledAt === null && Date.parse(endsAt) < now.getTime());
  for (const [index, session] of over.entries()) {
    const at = new Date(session.endsAt);
    const { people } = await attendance.open(trx, trainer, cohortId, session.id, at);
    const lived = people.map(({ personId, role, schools }) => {
      const who = [...schools, ...(role === 'director' ? [role] : [])].join();
      return { personId, ...livedBy(DEMO_SEED, `${who}/${session.year}/${index}`, index === over.length - 1, course) };
    });
    for (const { personId, presence } of lived) {
      await attendance.mark(trx, trainer, cohortId, session.id, { personId, seen: null, presence }, at);
    }
    const answers = lived.flatMap(({ personId, answer }) => (answer === null ? [] : [{ personId, answer }]));
    if (answers.length === 0) continue;
    await usefulness.ask(trx, trainer, { secret, mail: null }, cohortId, session.id, at);
    const said = new Set<string>();
    for (const { personId, answer } of answers) {
      const own = { ...answer, useful: once(answer.useful, said), more: once(answer.more, said) };
      await usefulness.fillIn(trx, session.id, personId, own, at);
    }
  }
}

/** No two people say the same in the same words: the second says nothing. */
function once(text: string, said: Set<string>): string {
  if (said.has(text)) return '';
  said.add(text);
  return text;
}

/** Has a few people of an invented cohort write their action plan after its last session, some of them to share it. */
export async function writeActionPlans(trx: Db, trainer: Actor, cohortId: string, now: Date): Promise<void> {
  const last = (await attendance.list(trx, trainer, cohortId, now)).at(-1);
  if (!last) return;
  const day = dayOf(new Date(last.endsAt));
  const people = await attendance.takingPart(trx, cohortId, now);
  for (const { writer, isShared, goal, help, signs, steps } of ACTION_PLANS) {
    const person = people[writer];
    if (!person) continue;
    const as = await accounts.actorOf(trx, await accounts.userOfPerson(trx, trainer, person.personId));
    const given = steps.map(({ text, days }) => ({ id: null, text, onDay: days === null ? null : addDays(day, days) }));
    const at = new Date(last.endsAt);
    await actionPlans.save(trx, as, cohortId, 0, { goal, help, signs, steps: given }, at);
    const { plan } = await actionPlans.own(trx, as, cohortId);
    for (const [index, { days, isDone }] of steps.entries()) {
      const on = new Date(at.getTime() + (days ?? 0) * DAY);
      if (!isDone) continue;
      await actionPlans.tick(trx, as, cohortId, { stepId: plan?.steps[index]?.id ?? '', isDone }, on);
    }
    if (isShared) await actionPlans.share(trx, as, cohortId, isShared, at);
  }
}

/** So long after its day an assignment of the past was read. */
const READ_DAYS = 10;

/** Lets the assignments of an invented cohort whose day is past be handed in, with feedback on most of it. */
export async function liveAssignments(trx: Db, trainer: UserActor, cohortId: string, now: Date): Promise<void> {
  const { assignments } = await plans.planOfCohort(trx, cohortId);
  const due = assignments.filter(({ dueOn, cancelledAt }) => cancelledAt === null && dueOn < dayOf(now));
  for (const [index, { id: assignmentId, dueOn }] of due.entries()) {
    const { people } = await feedback.ofAssignment(trx, trainer, cohortId, assignmentId);
    const isLatest = index === due.length - 1;
    for (const [nth, { personId, schools }] of people.entries()) {
      const done = handedInBy(DEMO_SEED, `${schools.join()}/${dueOn}`, { isLatest, isFirst: nth === 0 });
      if (done === null) continue;
      const at = new Date(Math.min(Date.parse(`${dueOn}T15:00:00Z`) - done.daysBefore * DAY, now.getTime()));
      const handInId = await handIns.fillIn(trx, assignmentId, personId, done.text, at);
      if (done.feedback === null) continue;
      const read = new Date(Math.min(at.getTime() + READ_DAYS * DAY, now.getTime()));
      const of = { cohortId, assignmentId, personId };
      const seen = { handInId, version: 1, feedbackVersion: 0 };
      await feedback.giveFeedback(trx, trainer, of, seen, done.feedback, read);
    }
  }
}
