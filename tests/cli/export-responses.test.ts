import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { startApp } from '#lib/server/app.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import type { ReportLine } from '#lib/server/reports/service.ts';
import {
  deskForEachTest,
  jsonLines,
  makeDesk,
  must,
  publishSeedList,
  SEED_LIST,
  seedResponses,
} from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';
import { makeTrainer } from '../support/factories.ts';
import { vectorText } from '../support/vectors.ts';

const desk = deskForEachTest();

const MAIN = fileURLToPath(new URL('../../build/bin/drieluik.js', import.meta.url));
const LIST = [...SEED_LIST, '--create'];
const rowsOf = (text: string) => text.trimEnd().split('\n').slice(1);

/** Two schools of the vectors, both with several rounds, one answer with a remark. */
function someResponses(): string {
  const [header = '', ...lines] = vectorText('seedA/responses.csv').trimEnd().split(/\r?\n/);
  const own = lines.filter((line) => /^C1,(S01|S05),/.test(line));
  const remarked = own.map((line, index) => `${line},${index === 3 ? '"=1+1, ""ja"""' : ''}`);
  return [`${header},comment`, ...remarked, ''].join('\n');
}

/** What `report` says, without who was rated: an export has another name for that. */
async function figures(at: Desk): Promise<ReportLine[]> {
  const lines = jsonLines<ReportLine>(await must(at.run('report', '--cohort', 'C1', '--json')));
  return lines.map((line) => ({ ...line, ratee: null }));
}

describe('an export', () => {
  it.each(['protected', 'open'])('in %s mode imported elsewhere gives the same figures', async (mode) => {
    const file = desk().file('in.csv', someResponses());
    await must(desk().run('import-responses', file, ...LIST, '--mode', mode));
    const out = desk().file('out.csv');
    await must(desk().run('export-responses', '--cohort', 'C1', '--out', out));
    const other = makeDesk();
    await publishSeedList(other);
    await must(other.run('import-responses', out, ...LIST, '--mode', mode));
    expect(await figures(other)).toEqual(await figures(desk()));
    other.remove();
  });

  it('has pseudonyms that are random per school and round, and one for who was rated', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST));
    const first = await must(desk().run('export-responses', '--cohort', 'C1'));
    const second = await must(desk().run('export-responses', '--cohort', 'C1'));
    expect(first).not.toMatch(/S01-Z1|S05-D1/);
    const cells = rowsOf(first).map((line) => line.split(','));
    const roundsOfRater = Map.groupBy(cells, (row) => row[4]);
    for (const rows of roundsOfRater.values()) {
      expect(new Set(rows.map((row) => `${row[1]} ${row[2]} ${row[3]}`)).size).toBe(1);
    }
    const schoolsOfRatee = Map.groupBy(cells, (row) => row[9]);
    expect([...schoolsOfRatee.values()].map((rows) => new Set(rows.map((row) => row[1])).size)).toEqual([1, 1]);
    const order = (text: string) => [...new Set(rowsOf(text).map((line) => line.split(',').slice(1, 4).join(' ')))];
    const raters = (text: string) => new Set(rowsOf(text).map((line) => line.split(',')[4]));
    expect(raters(first).intersection(raters(second)).size).toBe(0);
    expect(order(first).length).toBeGreaterThan(10);
    expect(order(first)).not.toEqual(order(first).toSorted());
  });

  it('has a codebook beside it, is for its owner’s eyes, and is written to the audit log', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST));
    const out = desk().file('answers.csv');
    const ran = await desk().run('export-responses', '--cohort', 'C1', '--out', out);
    const book = desk().file('answers.codebook.csv');
    const rows = rowsOf(readFileSync(out, 'utf8'));
    const forms = new Set(rows.map((line) => line.split(',')[4])).size;
    expect(ran).toEqual({
      ...{ status: 0, out: '' },
      err: `Wrote ${rows.length} rows of ${forms} forms to ${out}.\nWrote the codebook to ${book}.\n`,
    });
    expect(readFileSync(book, 'utf8')).toContain('aspect,A01,');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readFileSync(out, 'utf8')).toContain(`"'=1+1, ""ja"""`);
    const app = await startApp(desk().env);
    const { rows: events } =
      await sql`select actor, detail from audit_event where action = 'responses.exported'`.execute(app.db);
    await app.close();
    expect(events).toEqual([{ actor: 'operator', detail: JSON.stringify({ responses: forms }) }]);
  });

  it('as XLSX is a workbook with two sheets, and needs a file to go to', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST));
    const out = desk().file('answers.xlsx');
    expect((await desk().run('export-responses', '--cohort', 'C1', '--format', 'xlsx')).status).toBe(2);
    await must(desk().run('export-responses', '--cohort', 'C1', '--format', 'xlsx', '--out', out));
    const bytes = readFileSync(out);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('xl/worksheets/sheet2.xml')).toBe(true);
    expect(bytes.includes('xl/worksheets/sheet3.xml')).toBe(false);
  });

  it('that is broken off leaves nothing behind and ends as it was told to', async () => {
    await must(desk().run('import-responses', seedResponses(desk()), ...LIST));
    const out = desk().file('answers.csv');
    const files = () => readdirSync(desk().folder).filter((name) => name.includes('answers'));
    const child = spawn(process.execPath, [MAIN, 'export-responses', '--cohort', 'C1', '--out', out], {
      env: desk().env,
    });
    const ended = once(child, 'exit');
    while (!files().some((name) => name.startsWith('.answers.csv.')) && child.exitCode === null) await wait(1);
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(files()).toEqual([]);
  });

  it('never overwrites a file', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST));
    const out = desk().file('answers.csv', 'mine');
    const ran = await desk().run('export-responses', '--cohort', 'C1', '--out', out);
    expect(ran).toEqual({ status: 1, out: '', err: `${out}: This file is there already. Choose another name.\n` });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(existsSync(desk().file('answers.codebook.csv'))).toBe(false);
  });

  it('leaves out the teachers of a school round in which one did not agree to be recognisable', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST, '--mode', 'open'));
    const app = await startApp(desk().env);
    await sql`update response set consent = 0 where id =
      (select min(response.id) from response join invitation on invitation.id = invitation_id where role = 'teacher')
    `.execute(app.db);
    await app.close();
    const ran = await desk().run('export-responses', '--cohort', 'C1');
    expect(ran.status).toBe(0);
    const left = Number(/Left out: (\d+) forms/.exec(ran.err)?.[1]);
    expect(left).toBeGreaterThan(1);
    const file = someResponses();
    const forms = (text: string) => new Set(rowsOf(text).map((line) => line.split(',').slice(1, 5).join(' '))).size;
    expect(forms(ran.out)).toBe(forms(file) - left);
  });

  it('leaves out the teachers of a school round of whom one was erased: the mean that stays would give the answers back', async () => {
    await must(desk().run('import-responses', desk().file('in.csv', someResponses()), ...LIST));
    const app = await startApp(desk().env);
    const teacher = await app.db
      .selectFrom('response')
      .innerJoin('invitation', 'invitation.id', 'response.invitation_id')
      .innerJoin('person', 'person.id', 'invitation.person_id')
      .select(['person.id', 'person.name', 'person.import_key as key', 'invitation.school_round_id as schoolRoundId'])
      .where('invitation.role', '=', 'teacher')
      .orderBy('response.id')
      .limit(1)
      .executeTakeFirstOrThrow();
    const admin = await makeTrainer(app.db, { admin: true });
    await erasure.erase(app.db, admin, teacher.id, teacher.name ?? teacher.key ?? '', new Date());
    const { left } = await app.db
      .selectFrom('invitation')
      .select(({ fn }) => fn.countAll<number>().as('left'))
      .where('school_round_id', '=', teacher.schoolRoundId)
      .where('role', '=', 'teacher')
      .executeTakeFirstOrThrow();
    await app.close();
    expect(left).toBeGreaterThan(1);
    const ran = await desk().run('export-responses', '--cohort', 'C1');
    expect(ran.status).toBe(0);
    expect(ran.err).toContain(`Left out: ${left} forms`);
  });
});
