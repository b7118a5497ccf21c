import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { ReportLine } from '#lib/server/reports/service.ts';
import { runCommand } from '../../src/cli/program.ts';
import { field, vectorCsv, vectorText } from './vectors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

type Ran = { status: number | null; out: string; err: string };

/** An operator's machine: a data folder of its own, beside a folder for files. */
export type Desk = {
  folder: string;
  env: Record<string, string>;
  /** The path of a file in the folder, written when there is content. */
  file: (name: string, content?: string | Uint8Array) => string;
  /** Runs a command in this process. */
  run: (...args: string[]) => Promise<Ran>;
  /** Runs a command as `npm run drieluik` does. */
  spawn: (...args: string[]) => Promise<Ran>;
  remove: () => void;
};

/** A new desk, empty or with a copy of another's data. */
export function makeDesk(from?: Desk): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'drieluik-cli-'));
  if (from) cpSync(join(from.folder, 'data'), join(folder, 'data'), { recursive: true });
  const env = { DATA_DIR: join(folder, 'data'), PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent' };
  return {
    folder,
    env,
    file: (name, content) => {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    run: async (...args) => {
      let [out, err] = ['', ''];
      const status = await runCommand(args, {
        env,
        out: (text) => Promise.resolve(void (out += text)),
        err: (text) => void (err += text),
      });
      return { status, out, err };
    },
    spawn: (...args) => runProcess(args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runProcess(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, ['build/bin/drieluik.js', ...args], { cwd: root, env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  await once(child, 'close');
  return { status: child.exitCode, out, err };
}

/** The vectors' list as instrument CSV. */
export function seedListCsv(): string {
  const header = 'competency,competency_title,cluster,cluster_title,code,text_other,text_self,explain';
  const rows = vectorCsv('seedA/aspects.csv').map((row) => {
    const [competency, code] = [field(row, 'competency'), field(row, 'aspect')];
    return `${competency},Competency ${competency},${competency}-1,Cluster,${code},Does ${code},I do ${code},`;
  });
  return [header, ...rows, ''].join('\n');
}

/** Makes the vectors' list, published as seed@1.0.0. */
export async function publishSeedList(desk: Desk): Promise<void> {
  const list = desk.file('list.csv', seedListCsv());
  await must(desk.run('import-instrument', list, '--key', 'seed', '--version', '1.0.0'));
  await must(desk.run('publish-instrument', 'seed', '1.0.0'));
}

/** The option that names the vectors' list. */
export const SEED_LIST = ['--instrument', 'seed@1.0.0'];

/**
 * Gives each test of the file a desk of its own, with the vectors' list.
 * @returns the desk of the test that runs
 */
export function deskForEachTest(): () => Desk {
  let withList: Desk;
  let desk: Desk;
  beforeAll(async () => {
    withList = makeDesk();
    await publishSeedList(withList);
  });
  afterAll(() => withList.remove());
  beforeEach(() => {
    desk = makeDesk(withList);
  });
  afterEach(() => desk.remove());
  return () => desk;
}

/** The usual header of responses in the long form. */
export const LONG_FORM = 'cohort,school,round,role,rater,aspect,score,status,unclear';

/** What tests of imports do on their desk. */
export function importsOn(desk: () => Desk) {
  /** A file of rows below the header. */
  const csv = (rows: readonly string[], header = LONG_FORM) =>
    desk().file('rows.csv', [header, ...rows, ''].join('\n'));
  const importRows = (rows: readonly string[], ...options: string[]) =>
    desk().run('import-responses', csv(rows), ...SEED_LIST, ...options);
  const report = async (cohort = 'C') =>
    jsonLines<ReportLine>(await must(desk().run('report', '--cohort', cohort, '--json')));
  /** School, round and who was rated of every report of cohort C. */
  const names = async () => (await report()).map(({ school, round, ratee }) => `${school} ${round} ${ratee}`);
  return { csv, importRows, report, names };
}

/** One answer each of a director, an IB'er and three teachers, as rows. */
export function teamRows(round: string, { ib = 'I', school = 'S', cohort = 'C', director = 'D' } = {}): string[] {
  const place = `${cohort},${school},${round}`;
  return [
    `${place},director,${director},A01,4,J,0`,
    ...(ib ? [`${place},ib,${ib},A01,5,J,0`] : []),
    ...[1, 2, 3].map((teacher) => `${place},teacher,L${teacher},A01,${teacher},J,0`),
  ];
}

/** The vectors' responses as a file. */
export function seedResponses(desk: Desk): string {
  return desk.file('responses.csv', vectorText('seedA/responses.csv'));
}

/** The output of a command that has to succeed. */
export async function must(running: Promise<Ran>): Promise<string> {
  const { status, out, err } = await running;
  if (status !== 0) throw new Error(`exit status ${status}: ${err}`);
  return out;
}

/** Every line of output as JSON. */
export function jsonLines<T>(out: string): T[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
