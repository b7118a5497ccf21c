/**
 * What a list of 480 people costs a cohort whose round is open: eighty new schools of six, and then six people more for
 * each of them. Everybody is invited in the same transaction, and a rater's answer that comes meanwhile waits for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '#lib/server/app.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as imports from '#lib/server/participants/import-service.ts';
import * as make from '../tests/support/factories.ts';
import { reportBench } from './report.ts';

const SCHOOLS = 80;
const PEOPLE = 6;
const HEADER = 'school;rol;naam;e-mail';

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A list in which every school has as many people; a school's first ones are its IB'er and director. */
function list(first: number, roles: readonly string[]): string {
  const rows = Array.from({ length: SCHOOLS }, (_, school) =>
    Array.from({ length: PEOPLE }, (_person, index) => {
      const key = `${school}.${first + index}`;
      return `School ${school};${roles[index] ?? 'leerkracht'};Mens ${key};mens${key}@school.example`;
    }),
  );
  return [HEADER, ...rows.flat()].join('\n');
}

async function main(): Promise<void> {
  const app = await startApp({ DATA_DIR: folder, LOG_LEVEL: 'warn', PUBLIC_URL: 'http://localhost:3000' });
  try {
    const { db, config } = app;
    const cohort = await make.makeCohort(db, { secret: config.secret });
    await make.addSeries(db, cohort);
    const { invited } = await make.openRound(db, cohort);
    const { form } = await make.enter(db, make.inRole(invited, 'director'));
    const save = (at: number) => answers.save(db, form, 'C1.01', make.answer({ score: 4 }), at);
    await save(1);
    const add = async (text: string): Promise<[all: number, waited: number]> => {
      const adding = timed(async () => {
        const answer = await imports.add(db, cohort.trainer, cohort.secret, cohort.id, text);
        if (!answer.ok) throw new Error(`the list was refused: ${JSON.stringify(answer.faults[0])}`);
      });
      const waiting = timed(() => save(Date.now()));
      return Promise.all([adding, waiting]);
    };
    const [schools, schoolsWaited] = await add(list(0, ['ib', 'directeur']));
    const [joining, joiningWaited] = await add(list(PEOPLE, []));
    reportBench('teams', {
      [`${SCHOOLS * PEOPLE} people at ${SCHOOLS} new schools, ms`]: schools.toFixed(0),
      'an answer saved meanwhile, ms': schoolsWaited.toFixed(0),
      [`${SCHOOLS * PEOPLE} people who join teams, ms`]: joining.toFixed(0),
      'an answer saved then, ms': joiningWaited.toFixed(0),
    });
  } finally {
    await app.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
