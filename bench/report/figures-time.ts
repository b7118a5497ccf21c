import type BetterSqlite3 from 'better-sqlite3';
import { quantile } from 'd3-array';
import { openDatabase } from '#lib/server/db/open.ts';
import * as reports from '#lib/server/reports/service.ts';
import type { BenchSchool } from './school.ts';

const RUNS = 200;
const WARM_UP = 30;

/** Medians in milliseconds: a whole report in the service, and only the statements that it asks, on the bare driver. */
export type FiguresTime = { report: number; bareSql: number; statements: number };

/** The two in turns, on one read-only connection. */
export async function timeFigures(file: string, school: BenchSchool): Promise<FiguresTime> {
  const { db, raw, close } = await openDatabase({ file, readonly: true });
  const asked = recordStatements(raw);
  const load = () => reports.get(db, school.ib, school.schoolRoundId);
  await load();
  const statements = asked();
  const bare = () => statements.forEach(({ statement, parameters }) => statement.all(...parameters));
  const times = { report: [] as number[], bareSql: [] as number[] };
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    const report = await timed(load);
    const bareSql = await timed(bare);
    if (run < WARM_UP) continue;
    times.report.push(report);
    times.bareSql.push(bareSql);
  }
  await close();
  const median = (values: number[]) => quantile(values, 0.5) ?? Number.NaN;
  return { report: median(times.report), bareSql: median(times.bareSql), statements: statements.length };
}

type Asked = { statement: BetterSqlite3.Statement<unknown[]>; parameters: unknown[] };

/** Notes every statement with its parameters, from now until it is called. */
function recordStatements(raw: BetterSqlite3.Database): () => Asked[] {
  const asked: Asked[] = [];
  const prepare = raw.prepare.bind(raw);
  raw.prepare = ((sql: string) => {
    const statement = prepare<unknown[]>(sql);
    const all = statement.all.bind(statement);
    statement.all = (...parameters: unknown[]) => {
      asked.push({ statement: prepare<unknown[]>(sql), parameters });
      return all(...parameters);
    };
    return statement;
  }) as typeof raw.prepare;
  return () => asked.slice();
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
