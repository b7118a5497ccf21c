/**
 * How long an import takes through the command line, from the start of Node to its end: rows of the shipped list with
 * schools, rounds and raters that are made up, into an empty database.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';
import { reportBench } from './report.ts';

const SIZES = [50_000, 100_000];
const TEACHERS = 8;

const list = shippedInstrument();
const aspects = list.competencies.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.aspects));

const folder = mkdtempSync(join(tmpdir(), 'drieluik-bench-'));
try {
  const figures: Record<string, number | string> = {};
  for (const rows of SIZES) {
    const seconds = importRows(rows);
    figures[`${rows} rows, seconds`] = seconds.toFixed(2);
    figures[`${rows} rows, rows a second`] = Math.round(rows / seconds);
  }
  reportBench('import', figures);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function importRows(rows: number): number {
  const file = join(folder, `${rows}.csv`);
  writeFileSync(file, [...longForm(rows)].join('\n'));
  const args = ['src/cli/main.ts', 'import-responses', file, '--instrument', `${list.key}@${list.version}`, '--create'];
  const env = { ...process.env, DATA_DIR: join(folder, `data-${rows}`) };
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`the import failed: ${stderr}`);
  return seconds;
}

/** So many rows: two rounds a school, a director, an IB'er and teachers, a few aspects that cannot be judged. */
function* longForm(rows: number): Generator<string> {
  yield 'cohort,school,round,role,rater,aspect,score,status,unclear';
  let count = 0;
  for (let school = 1; ; school += 1) {
    for (const round of ['T0', 'T1']) {
      for (const { role, rater } of team(school, round)) {
        for (const [index, { code }] of aspects.entries()) {
          if (count === rows) return;
          count += 1;
          const cannotJudge = (index * 7 + count) % 23 === 0;
          const answer = cannotJudge ? 'NA,C,0' : `${1 + ((index * 3 + count) % 5)},J,0`;
          yield `Bench,School ${school},${round},${role},${rater},${code},${answer}`;
        }
      }
    }
  }
}

function team(school: number, round: string): { role: string; rater: string }[] {
  const teachers = Array.from({ length: TEACHERS }, (_, index) => `S${school}-L${index}-${round}`);
  return [
    { role: 'director', rater: `S${school}-D` },
    { role: 'ib', rater: `S${school}-I` },
    ...teachers.map((rater) => ({ role: 'teacher', rater })),
  ];
}
