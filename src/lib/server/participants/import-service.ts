import type { Refusal } from '#lib/instrument/faults.ts';
import type { Actor } from '#lib/permissions.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as schools from '#lib/server/cohorts/school-service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as people from './person-queries.ts';
import { addRater, addSchool } from './service.ts';
import { readTeamFile } from './team-file.ts';
import { planTeams, type PlannedPerson, type TeamPlan } from './team-plan.ts';

export type { PlannedPerson, PlannedTeam, TeamPlan } from './team-plan.ts';
export { TEAM_FILE_LIMITS } from './team-file.ts';
export { templateFile, templateName } from './team-template.ts';

/**
 * What a file of teams, or pasted cells, would add to a cohort; nothing is stored.
 * @throws DomainError not_found, forbidden
 */
export async function preview(
  db: Db,
  actor: Actor,
  cohortId: string,
  input: string | Uint8Array,
): Promise<TeamPlan | Refusal> {
  await cohorts.get(db, actor, cohortId);
  const file = readTeamFile(input);
  if ('ok' in file) return file;
  const series = await cohorts.listSeries(db, cohortId);
  const emails = file.rows.flatMap(({ email }) => email ?? []);
  const brins = [...file.rows, ...series].flatMap(({ brin }) => brin ?? []);
  return planTeams(file, {
    series,
    people: await people.findByEmails(db, emails),
    schools: await schools.namesByBrin(db, brins),
    hasOpenRound: (await rounds.list(db, cohortId)).some(({ status }) => status === 'open'),
  });
}

/**
 * Adds what a file of teams names: all of it or nothing, as it stands in the database now. Who joins is invited to open
 * rounds at once.
 * @returns what was added, or the refusal with every fault; then nothing was stored
 * @throws DomainError not_found, forbidden
 */
export async function add(
  db: Db,
  actor: Actor,
  secret: string,
  cohortId: string,
  input: string | Uint8Array,
): Promise<TeamPlan | Refusal> {
  return inTransaction(db, async (trx) => {
    const plan = await preview(trx, actor, cohortId, input);
    if (!plan.ok) return plan;
    for (const { seriesId, school, ib, others } of plan.teams) {
      const joining = others.filter(({ status }) => status !== 'there');
      if (seriesId === null) {
        const director = joining.find(({ role }) => role === 'director');
        await addSchool(trx, actor, secret, cohortId, {
          school,
          ib: asPerson(ib),
          director: director ? asPerson(director) : null,
          teachers: joining.filter(({ role }) => role === 'teacher').map(asPerson),
        });
        continue;
      }
      for (const person of joining) {
        const role = person.role === 'director' ? 'director' : 'teacher';
        await addRater(trx, actor, secret, seriesId, role, asPerson(person));
      }
    }
    return plan;
  });
}

function asPerson({ name, email }: PlannedPerson): cohorts.NewPerson {
  return { name, email };
}
