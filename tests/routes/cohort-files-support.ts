import { parse } from 'csv-parse/sync';
import type { UserActor } from '#lib/permissions.ts';
import type { App } from '#lib/server/app.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { GET } from '../../src/routes/(trainer)/rounds/[round]/export/[file]/+server.ts';
import * as make from '../support/factories.ts';

/** A score a school, role and aspect; null is "cannot judge". */
export type ScoreOf = (
  school: number,
  role: 'director' | 'ib' | 'teacher',
  code: string,
  teacher: number,
) => number | null;

type Given = {
  schools: number;
  teachers?: number;
  shares?: boolean;
  score?: ScoreOf;
  released?: number;
  name?: string;
};

export const varied: ScoreOf = (school, role, code, teacher) =>
  1 + ((Number(code.slice(3)) + school + role.length + teacher) % 5);

/** A cohort with a closed round in which everybody submitted; the reports of the first `released` schools are released. */
export async function closedCohort(
  app: App,
  { schools, teachers = 3, shares = false, score = varied, released = schools, name }: Given,
): Promise<{ cohort: make.TestCohort; roundId: string }> {
  const cohort = await make.makeCohort(app.db, { trainerSeesSchools: shares, ...(name === undefined ? {} : { name }) });
  for (let school = 0; school < schools; school += 1) {
    await make.addSeries(app.db, cohort, { school: `School ${school} van ${cohort.id}`, teachers });
  }
  return { cohort, roundId: await closeRound(app, cohort, { score, released }) };
}

/** The next round of a cohort, as `closedCohort`. */
export async function closeRound(
  app: App,
  cohort: make.TestCohort,
  { score = varied, released = Number.MAX_SAFE_INTEGER }: Pick<Given, 'score' | 'released'> = {},
): Promise<string> {
  const round = await make.openRound(app.db, cohort);
  const series = [...new Set(round.invited.map(({ seriesId }) => seriesId))];
  const teachers = new Map<string, number>();
  for (const person of round.invited) {
    const nth = teachers.get(person.seriesId) ?? 0;
    if (person.role === 'teacher') teachers.set(person.seriesId, nth + 1);
    const school = series.indexOf(person.seriesId);
    await make.fillAndSubmit(app.db, person, (code) => score(school, person.role, code, nth));
  }
  await rounds.close(app.db, cohort.trainer, round.id);
  const progress = await rounds.progress(app.db, cohort.trainer, round.id);
  const ids = progress.slice(0, released).map(({ schoolRoundId }) => schoolRoundId);
  await rounds.release(app.db, cohort.trainer, round.id, ids);
  return round.id;
}

/** What the route gives for a file. */
export async function ask(app: App, actor: UserActor | null, round: string, file: string, of = 'round') {
  const url = new URL(`http://localhost:3000/rounds/${round}/export/${file}?of=${of}`);
  const request = new Request(url);
  const event = { locals: { app, actor, locale: 'nl' }, params: { round, file }, url, request };
  return (await GET(event as never)) as Response;
}

export async function bytesOf(
  app: App,
  actor: UserActor,
  round: string,
  file: string,
  of?: string,
): Promise<Uint8Array> {
  return new Uint8Array(await (await ask(app, actor, round, file, of)).arrayBuffer());
}

/** The rows of a CSV file by the names of its columns. */
export async function rowsOf(app: App, actor: UserActor, round: string, file: string, of?: string) {
  const text = new TextDecoder().decode(await bytesOf(app, actor, round, file, of));
  return parse(text, { columns: true }) as Record<string, string>[];
}
