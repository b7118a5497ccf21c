import { join } from 'node:path';
import { openDatabase } from '#lib/server/db/open.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDesk, must } from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
});
afterEach(() => desk.remove());

const form = expect.stringMatching(/^http:\/\/localhost:3000\/f\/[\w-]{43}$/);
const signIn = expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/\S+$/);

/** What the log says that the operator read. */
async function readings({ env }: Desk): Promise<string[]> {
  const { db, close } = await openDatabase({ file: join(env['DATA_DIR'] ?? '', 'drieluik.sqlite'), readonly: true });
  const lines = await db
    .selectFrom('audit_event')
    .select('action')
    .where('action', 'like', '%opened')
    .orderBy('id')
    .execute();
  await close();
  return lines.map(({ action }) => action).filter((action) => !/^(round|registration)\./.test(action));
}

describe('demo load', () => {
  it('prints links of the open round and one-time sign-in links, and new ones when it is there already', async () => {
    const first = await desk.run('demo', 'load', '--json');
    expect(first).toMatchObject({ status: 0, err: 'Loaded the demonstration.\n' });
    const { links } = JSON.parse(first.out);
    expect(links).toEqual({
      ...{ director: form, ib: form, teachers: [form, form, form, form, form] },
      ...{ trainer: signIn, steering: signIn, admin: signIn, school: signIn },
      registration: expect.stringMatching(/^http:\/\/localhost:3000\/r\/[\w-]{43}$/),
    });
    const again = await desk.run('demo', 'load', '--json');
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining('was there already') });
    const { links: later } = JSON.parse(again.out);
    expect(later).toMatchObject({ director: links.director, teachers: links.teachers });
    expect(later.trainer).not.toBe(links.trainer);
  });

  it('prints them for people too, and the figures of its cohorts are there for other commands', async () => {
    const out = await must(desk.run('demo', 'load'));
    expect(out).toMatch(/^ {2}trainer +http:\/\/localhost:3000\/sign-in\/\S+$/m);
    expect(out.match(/\/f\//g)).toHaveLength(7);
    const cohort = 'Rivierenrand (voorbeeld)';
    const report = await must(desk.run('report', '--cohort', cohort, '--school', '95AB', '--round', 'T2', '--json'));
    expect(JSON.parse(report)).toMatchObject({ cohort, school: '95AB00', round: 'T2', mode: 'protected' });
    await must(desk.run('cohort-report', '--cohort', cohort, '--round', 'T2', '--json'));
    expect(await readings(desk)).toEqual(['report.opened', 'cohort.figures_opened']);
  });

  it('is refused beside real data, and on a public address until it is told twice', async () => {
    desk.env['PUBLIC_URL'] = 'https://drieluik.example.org';
    const refused = await desk.run('demo', 'load', '--json');
    expect(refused).toEqual({ status: 1, out: '', err: expect.stringContaining('--even-here') });
    expect((await desk.run('demo', 'load', '--even-here')).status).toBe(0);
    await must(desk.run('demo', 'remove'));

    const rows = ['cohort,school,round,role,rater,aspect,score,status,unclear', 'C,S,T0,ib,I,C1.01,5,J,0', ''];
    const file = desk.file('rows.csv', rows.join('\n'));
    await must(desk.run('import-responses', file, '--instrument', 'ib-180@1.0.0', '--create'));
    const beside = await desk.run('demo', 'load', '--even-here');
    expect(beside).toMatchObject({ status: 1, out: '' });
    expect(beside.err).toContain('There are data in this Drieluik already.');
  });

  it('makes nobody of its people an administrator: create-admin says why, and changes nothing', async () => {
    await must(desk.run('demo', 'load'));
    for (const email of ['Bart.Hoogland@rivierenrand.example', 'saskia.van.dijk@de-wingerd.example']) {
      const refused = await desk.run('create-admin', email);
      expect(refused).toEqual({ status: 1, out: '', err: expect.stringContaining('somebody of the examples') });
    }
    await must(desk.run('create-admin', 'eigen@voorbeeld.example'));
  });

  it('gives no way to invented staff beside what is real, and says why', async () => {
    await must(desk.run('demo', 'load'));
    await must(desk.run('create-admin', 'eigen@voorbeeld.example'));
    const own = await desk.run('demo', 'load', '--json');
    expect(own.err).toContain('has an administrator of its own');
    expect(JSON.parse(own.out)).toMatchObject({ links: { trainer: signIn, steering: signIn, admin: null } });

    const rows = ['cohort,school,round,role,rater,aspect,score,status,unclear', 'C,S,T0,ib,I,C1.01,5,J,0', ''];
    const file = desk.file('rows.csv', rows.join('\n'));
    await must(desk.run('import-responses', file, '--instrument', 'ib-180@1.0.0', '--create'));
    const beside = await desk.run('demo', 'load', '--json');
    expect(beside.err).toContain('There are real cohorts here');
    expect(JSON.parse(beside.out)).toMatchObject({
      links: { trainer: null, steering: null, admin: null, school: signIn },
    });
    expect(await must(desk.run('demo', 'load'))).not.toMatch(/^ {2}(trainer|steering group|administrator)/m);

    desk.env['PUBLIC_URL'] = 'https://drieluik.example.org';
    const refused = await desk.run('demo', 'load', '--json');
    expect(refused).toEqual({ status: 1, out: '', err: expect.stringContaining('--even-here') });
  });

  it('takes a seed, and knows what is none', async () => {
    expect((await desk.run('demo', 'load', '--seed', '7')).status).toBe(0);
    expect((await desk.run('demo', 'load', '--seed', 'x')).status).toBe(2);
  });
});

describe('demo remove', () => {
  it('says whether there was anything to remove', async () => {
    await must(desk.run('demo', 'load'));
    expect(JSON.parse(await must(desk.run('demo', 'remove', '--json')))).toEqual({ removed: true });
    expect(JSON.parse(await must(desk.run('demo', 'remove', '--json')))).toEqual({ removed: false });
    expect((await desk.run('report', '--cohort', 'Rivierenrand (voorbeeld)')).status).toBe(1);
  });

  it('without a database is refused', async () => {
    expect((await desk.run('demo', 'remove')).status).toBe(1);
  });
});

it('demo alone says how it is used', async () => {
  expect(await desk.run('demo')).toMatchObject({ status: 2, out: '' });
});
