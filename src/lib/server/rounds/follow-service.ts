import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Role } from '#lib/instrument/types.ts';
import { rolesAsked } from '#lib/server/instruments/asked-service.ts';
import { goneBy } from '#lib/server/mail/trouble-service.ts';
import { getOfCohort } from './access.ts';
import * as queries from './follow-queries.ts';
import { countForms, type FormCounts } from './form-counts.ts';
import * as peopleQueries from './people-queries.ts';
import { asksOf, gapsOf } from './progress-service.ts';
import { responseByDay } from './response-by-day.ts';

/** What a trainer follows a round by: who has submitted, never what. */

/**
 * The page of a round: a line a school with counts by role, forms by day, how far the mails are, and the people of the one
 * school that is looked at (of a round with one school: that one). Counts only, by day and by role: no moment of a single
 * person, no addresses, no answers. One query decides about the right to see it; two more read the rest, and a third the
 * people, however many schools there are.
 * @throws DomainError not_found (also a school of another round), forbidden
 */
export async function follow(db: Db, actor: Actor, roundId: string, schoolRoundId: string | null, now = new Date()) {
  const { round, cohort } = await getOfCohort(db, actor, roundId);
  const lines = await queries.listSchoolLines(db, roundId);
  const { forms, mails, trouble } = await queries.tally(db, roundId, goneBy(now));
  const roles = await rolesAsked(db, round);
  const asks = asksOf(roles);
  const bySchool = Map.groupBy(forms, (form) => form.schoolRoundId);
  const schools = lines.map(({ directors, ...line }) => {
    const counts = countForms(bySchool.get(line.schoolRoundId) ?? []);
    return {
      ...{ ...line, ...counts },
      forms: round.status === 'planned' ? toBeAsked({ ...line, directors }, asks) : counts.forms,
      gaps: gapsOf({ mode: line.mode, directors, teachers: line.teachers }, roles),
      modeLocked: round.status === 'closed' || Object.values(counts.forms).some(({ begun }) => begun > 0),
    };
  });
  const only = schools.length === 1 ? schools[0]?.schoolRoundId : undefined;
  const openedId = schoolRoundId ?? only;
  if (openedId !== undefined && !schools.some((school) => school.schoolRoundId === openedId)) {
    throw new DomainError('not_found');
  }
  const isPlanned = round.status === 'planned';
  const people = openedId === undefined || isPlanned ? [] : await peopleQueries.listPeople(db, roundId, openedId);
  const team = openedId === undefined || !isPlanned ? [] : await peopleQueries.listTeam(db, openedId);
  return {
    ...{ round, cohort, asks, schools, mails, trouble },
    opened:
      openedId === undefined
        ? null
        : { schoolRoundId: openedId, people, team: team.filter(({ role }) => roles.has(role)) },
    days: responseByDay(forms, round, now),
    at: now.toISOString(),
  };
}

/** As long as nobody is invited, the team says who will be, in the roles that are asked. */
function toBeAsked(
  { directors, teachers }: { directors: number; teachers: number },
  asks: Readonly<Record<Role, boolean>>,
): FormCounts['forms'] {
  const of = (role: Role, count: number) => ({ asked: asks[role] ? count : 0, begun: 0, submitted: 0 });
  return { director: of('director', directors), ib: of('ib', 1), teacher: of('teacher', teachers) };
}

/**
 * A few counts that change whenever the page of a round has something new to show, and the moment at which they hold.
 * @throws DomainError not_found, forbidden
 */
export async function pulse(db: Db, actor: Actor, roundId: string, now = new Date()) {
  const { round } = await getOfCohort(db, actor, roundId);
  const { begun, submitted, invited } = await queries.countForms(db, roundId);
  const { waiting, sent, failed } = await queries.countMails(db, roundId);
  const state = [round.version, invited, begun, submitted, waiting, sent, failed].join(' ');
  return { state, at: now.toISOString() };
}
