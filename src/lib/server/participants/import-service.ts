import type { Refusal } from '#lib/instrument/faults.ts';
import type { Actor } from '#lib/permissions.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import * as schools from '#lib/server/cohorts/school-service.ts';
import * as teams from '#lib/server/cohorts/teams-service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as people from './person-queries.ts';
import { readTeamFile, type TeamFile } from './team-file.ts';
import { planTeams, type PlannedTeam, type TeamPlan } from './team-plan.ts';

export type { PlannedPerson, PlannedTeam, TeamPlan } from './team-plan.ts';
export { faultLines } from './fault-lines.ts';
export { withHeadings } from './team-file-columns.ts';
export { readUpload, type Upload } from './team-upload.ts';
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
  return 'ok' in file ? file : planFile(db, cohortId, file);
}

/** What the file would add to the cohort as it is now. */
async function planFile(db: Db, cohortId: string, file: TeamFile): Promise<TeamPlan | Refusal> {
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
  await cohorts.get(db, actor, cohortId);
  // Read before the transaction begins: raters' answers wait for it.
  const file = readTeamFile(input);
  if ('ok' in file) return file;
  return inTransaction(db, async (trx) => {
    const plan = await planFile(trx, cohortId, file);
    if (!plan.ok) return plan;
    const { seriesIds, joined } = await teams.addTeams(trx, actor, cohortId, plan.teams.map(toAdd));
    await rounds.includeSeries(trx, actor, secret, cohortId, seriesIds);
    await rounds.includeMembers(trx, actor, secret, cohortId, joined);
    return plan;
  });
}

function toAdd({ seriesId, school, ib, others }: PlannedTeam): teams.TeamToAdd {
  const joining = others.flatMap(({ role, name, email, status }) =>
    status === 'there' || role === 'ib' ? [] : { role, name, email },
  );
  return { seriesId, school, ib: { name: ib.name, email: ib.email }, joining };
}
