import { copyFileSync, existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '#lib/server/app.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { makeDesk, must, publishSeedList } from '../support/command-line.ts';
import type { Desk } from '../support/command-line.ts';

const ROWS = ['cohort,school,round,role,rater,aspect,score,status,unclear', 'C,S,T0,ib,I,A01,5,J,0', ''].join('\n');

let withRound: Desk;
let desk: Desk;
let database: string;
beforeAll(async () => {
  withRound = makeDesk();
  await publishSeedList(withRound);
  const file = withRound.file('rows.csv', ROWS);
  await must(withRound.run('import-responses', file, '--instrument', 'seed@1.0.0', '--create'));
});
afterAll(() => withRound.remove());
beforeEach(() => {
  desk = makeDesk(withRound);
  database = join(desk.folder, 'data', 'drieluik.sqlite');
});
afterEach(() => desk.remove());

/** Runs SQL on the desk's database. */
async function change(...statements: string[]): Promise<void> {
  const { raw, close } = await openDatabase({ file: database });
  raw.pragma('foreign_keys = OFF');
  for (const statement of statements) raw.exec(statement);
  await close();
}

const cohorts = async () => {
  const app = await startApp(desk.env);
  const { rows } = await sql<{ name: string }>`select name from cohort order by name`.execute(app.db);
  await app.close();
  return rows.map(({ name }) => name);
};

describe('a backup', () => {
  it('is a whole copy while the server has the database open, also of what is only in its log', async () => {
    const app = await startApp(desk.env);
    await sql`update cohort set name = 'renamed'`.execute(app.db);
    const copy = desk.file('copy.sqlite');
    const out = JSON.parse(await must(desk.run('backup', copy, '--json')));
    expect(out).toEqual({ file: copy, bytes: statSync(copy).size });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    await app.close();
    await change(`update cohort set name = 'later'`);
    await must(desk.run('restore', copy));
    expect(await cohorts()).toEqual(['renamed']);
  });

  it('never overwrites a file, and leaves nothing behind when it cannot be written', async () => {
    const copy = desk.file('copy.sqlite', 'mine');
    expect((await desk.run('backup', copy)).status).toBe(1);
    expect(readFileSync(copy, 'utf8')).toBe('mine');
    const nowhere = join(desk.folder, 'nowhere', 'copy.sqlite');
    const folder = join(desk.folder, 'nowhere');
    expect(await desk.run('backup', nowhere)).toMatchObject({
      status: 1,
      err: `${nowhere}: There is no folder ${folder}. Make it first, or choose another place.\n`,
    });
    expect(readdirSync(desk.folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('needs a database', async () => {
    const empty = makeDesk();
    const ran = await empty.run('backup', empty.file('copy.sqlite'));
    expect(ran.status).toBe(1);
    expect(ran.err).toContain('There is no database at');
    empty.remove();
  });
});

describe('a restore', () => {
  it('keeps the earlier database, ends all sessions and links, and is written to the audit log', async () => {
    await must(desk.run('create-admin', 'beheer@voorbeeld.example'));
    await change(
      `insert into session select 's', 't', id, '2099-01-01', null, null, created_at, created_at, null from user`,
      `insert into rater_session select 'h', id, started_at, '2099-01-01' from response`,
      `insert into setup_link values ('h', '2099-01-01')`,
    );
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    await change(`update cohort set name = 'later'`);
    const { kept } = JSON.parse(await must(desk.run('restore', copy, '--json')));
    expect(await cohorts()).toEqual(['C']);
    const app = await startApp(desk.env);
    const { rows } = await sql`select (select count(*) from session) + (select count(*) from verification)
      + (select count(*) from rater_session) + (select count(*) from setup_link) as links,
      (select count(*) from audit_event where action = 'backup.restored') as audited`.execute(app.db);
    await app.close();
    expect(rows).toEqual([{ links: 0, audited: 1 }]);
    copyFileSync(kept, database);
    expect(await cohorts()).toEqual(['later']);
  });

  it('is refused while a server has the database open, and nothing is changed', async () => {
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    await change(`update cohort set name = 'later'`);
    const app = await startApp(desk.env);
    const ran = await desk.spawn('restore', copy);
    expect(ran.status).toBe(1);
    expect(ran.err).toContain('has the database open');
    await sql`update cohort set name = 'still written'`.execute(app.db);
    await app.close();
    expect(await cohorts()).toEqual(['still written']);
    expect(readdirSync(join(desk.folder, 'data')).sort()).toEqual(['backups', 'drieluik.sqlite', 'secret']);
  });

  it.each([
    [
      'a text file',
      (file: string) => writeFileSync(file, 'no database at all, but long enough to have a header '.repeat(40)),
    ],
    ['an empty file', (file: string) => writeFileSync(file, '')],
    ['half a file', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ])('of %s is refused, and nothing is changed', async (_, spoil) => {
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    spoil(copy);
    const ran = await desk.run('restore', copy);
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(/^\S+copy\.sqlite: The file is (no database of Drieluik|damaged)/);
    expect(await cohorts()).toEqual(['C']);
    expect(readdirSync(join(desk.folder, 'data')).sort()).toEqual(['backups', 'drieluik.sqlite', 'secret']);
  });

  it('of a newer version’s database is refused', async () => {
    const copy = desk.file('copy.sqlite');
    await change(`insert into kysely_migration values ('9999-later', '2099')`);
    await must(desk.run('backup', copy));
    const ran = await desk.run('restore', copy);
    expect(ran).toMatchObject({ status: 1, out: '' });
    expect(ran.err).toContain('made by a newer version of Drieluik: 9999-later');
  });

  it('replaces a damaged database, and works where there is none', async () => {
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    writeFileSync(database, 'damaged '.repeat(1000));
    await must(desk.run('restore', copy));
    expect(await cohorts()).toEqual(['C']);
    const empty = makeDesk();
    const refused = await empty.run('restore', copy);
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toContain('There is no journal at');
    expect(existsSync(join(empty.folder, 'data', 'drieluik.sqlite'))).toBe(false);
    await must(empty.run('restore', copy, '--without-journal'));
    expect(existsSync(join(empty.folder, 'data', 'drieluik.sqlite'))).toBe(true);
    empty.remove();
  });
});

describe('a check', () => {
  it('of a sound database says so', async () => {
    const ran = await desk.run('check', '--json');
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ ok: true, faults: [] });
  });

  it.each([
    ['a closed round without figures', `delete from snapshot`, 'C, S, T0: the round is closed and has no figures.'],
    ['a row that points nowhere', `delete from school`, 'of the rows of series point to something that is not there'],
    ['an old schema', `delete from kysely_migration where name like '0001%'`, 'no database of Drieluik|is missing'],
  ])('finds %s', async (_, statement, fault) => {
    await change(statement);
    const ran = await desk.run('check');
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(new RegExp(fault));
  });
});
