import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as answers from '#lib/server/answers/service.ts';
import { startApp } from '#lib/server/app.ts';
import * as attendance from '#lib/server/attendance/service.ts';
import * as handIns from '#lib/server/hand-ins/service.ts';
import { actorOfPerson, addAssignment } from '../support/assignments.ts';
import { makeDesk, must, type Desk } from '../support/command-line.ts';
import * as make from '../support/factories.ts';
import { PDF } from '../support/hand-in-files.ts';

/** What the command prints and writes; what is in it: tests/db/personal-data.test.ts. */

let desk: Desk;
let cohort: make.TestCohort;
let email: string;
beforeEach(async () => {
  desk = makeDesk();
  const app = await startApp(desk.env);
  cohort = await make.makeCohort(app.db);
  await make.addSeries(app.db, cohort, { school: 'De Wingerd' });
  const { invited } = await make.openRound(app.db, cohort);
  for (const role of ['teacher', 'director'] as const) {
    const { form } = await make.enter(app.db, make.inRole(invited, role));
    await answers.save(app.db, form, 'C1.01', make.answer({ score: 4, comment: `=van ${role}` }), 1);
  }
  const { personId } = make.inRole(invited, 'teacher');
  const person = app.db.selectFrom('person').select('email').where('id', '=', personId);
  email = (await person.executeTakeFirstOrThrow()).email ?? '';
  await app.close();
});
afterEach(() => desk.remove());

const logged = async () => {
  const app = await startApp(desk.env);
  const lines = app.db.selectFrom('audit_event').select('actor').where('action', '=', 'personal_data.downloaded');
  const found = await lines.execute();
  await app.close();
  return found.map(({ actor }) => actor);
};

/** An IB'er who handed in so many files of one name. @returns the address */
async function handedIn(files: number): Promise<string> {
  const app = await startApp(desk.env);
  const [ib] = await attendance.takingPart(app.db, cohort.id, new Date());
  const actor = await actorOfPerson(app.db, cohort, ib?.personId ?? '');
  for (let nth = 1; nth <= files; nth += 1) {
    const assignment = await addAssignment(app.db, cohort.id, { dueOn: `2099-02-0${nth}` });
    const given = { stamp: '', text: '', link: '', file: { name: 'Mijn verslag.pdf', bytes: PDF } };
    await handIns.handIn(app.db, actor, assignment, given, new Date());
  }
  const person = app.db.selectFrom('person').select('email');
  const { email: own } = await person.where('id', '=', ib?.personId ?? '').executeTakeFirstOrThrow();
  await app.close();
  return own ?? '';
}

describe('export-person', () => {
  it('prints what is kept of one person as JSON, without what others gave, and is logged', async () => {
    const data = JSON.parse(await must(desk.run('export-person', ` ${email.toUpperCase()} `))) as unknown;
    expect(data).toMatchObject({
      person: { email },
      forms: [{ school: 'De Wingerd', answers: [{ code: 'C1.01', score: 4, comment: '=van teacher' }] }],
    });
    expect(JSON.stringify(data)).not.toContain('=van director');
    expect(await logged()).toEqual(['operator']);
  });

  it('writes a workbook for its owner’s eyes, in the language that is asked', async () => {
    const out = desk.file('person.xlsx');
    const ran = await desk.run('export-person', email, '--format', 'xlsx', '--out', out, '--language', 'en');
    expect(ran).toEqual({ status: 0, out: '', err: `Wrote ${out}.\n` });
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('puts what was handed in beside it, each file as it is', async () => {
    const own = await handedIn(1);
    const ran = await desk.run('export-person', own, '--files', desk.folder);
    const written = desk.file('1-mijn-verslag.pdf');
    expect(ran).toMatchObject({ status: 0, err: `Wrote ${written}.\n` });
    expect(readFileSync(written).equals(Buffer.from(PDF))).toBe(true);
  });

  it('writes nothing where one of the names is taken, or the folder is not there, and logs nothing', async () => {
    const own = await handedIn(2);
    const out = desk.file('person.json');
    const [first, second] = [desk.file('1-mijn-verslag.pdf'), desk.file('2-mijn-verslag.pdf', 'mine')];
    const taken = await desk.run('export-person', own, '--out', out, '--files', desk.folder);
    expect(taken).toMatchObject({ status: 1, out: '' });
    expect(taken.err).toBe(
      `${second}: This file is there already.\nNothing was written. Choose a folder without these files.\n`,
    );
    expect((await desk.run('export-person', own, '--files', desk.file('elders'))).err).toContain('There is no folder');
    expect([existsSync(first), existsSync(out), readFileSync(second, 'utf8')]).toEqual([false, false, 'mine']);
    expect(await logged()).toEqual([]);
  });

  it('leaves none of the files behind where another of them cannot be written', async () => {
    const own = await handedIn(1);
    const ran = await desk.run('export-person', own, '--out', desk.file('elders/person.json'), '--files', desk.folder);
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err).toContain('There is no folder');
    expect(existsSync(desk.file('1-mijn-verslag.pdf'))).toBe(false);
  });

  it('overwrites nothing, and then logs nothing', async () => {
    const out = desk.file('person.json', 'mine');
    expect((await desk.run('export-person', email, '--out', out)).status).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(await logged()).toEqual([]);
  });

  it('says that nobody has the address, and writes no file', async () => {
    const out = desk.file('person.json');
    const ran = await desk.run('export-person', 'niemand@school.example', '--out', out);
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err).not.toBe('');
    expect(existsSync(out)).toBe(false);
    expect(await logged()).toEqual([]);
  });

  it('is used wrongly with a workbook on the terminal, or another kind of file', async () => {
    expect((await desk.run('export-person', email, '--format', 'xlsx')).status).toBe(2);
    expect((await desk.run('export-person', email, '--format', 'pdf')).status).toBe(2);
    expect((await desk.run('export-person')).status).toBe(2);
  });
});
