import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type App } from '#lib/server/app.ts';
import * as roles from '#lib/server/accounts/roles-service.ts';
import { readJournal } from '#lib/server/db/journal-file.ts';
import { runRetention } from '#lib/server/retention/run-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as series from '#lib/server/participants/series-service.ts';
import * as secondFactor from '#lib/server/auth/second-factor-service.ts';
import { makeDesk, must, type Desk } from '../support/command-line.ts';
import * as make from '../support/factories.ts';

const NAME = 'Wegisma van Verdwijnen';
const REMARK = 'een openhartig woord dat weg moet';

let desk: Desk;
let app: App;
let journal: string;
beforeEach(async () => {
  desk = makeDesk();
  app = await startApp(desk.env);
  journal = app.config.journalFile;
});
afterEach(async () => {
  await app.close();
  desk.remove();
});

/** A copy is put back, with the server stopped for it. */
async function restore(copy: string, ...options: string[]): Promise<string> {
  await app.close();
  const out = await must(desk.run('restore', copy, ...options));
  app = await startApp(desk.env);
  return out;
}

async function stage() {
  const { db } = app;
  const admin = await make.makeTrainer(db, { admin: true });
  const cohort = await make.makeCohort(db, { secret: app.config.secret });
  const seriesId = await make.addSeries(db, cohort, { director: NAME });
  const { invited } = await make.openRound(db, cohort);
  const director = make.inRole(invited, 'director');
  await make.fillAndSubmit(db, director);
  await db.updateTable('answer').set({ comment: REMARK }).execute();
  const { email } = await db
    .selectFrom('person')
    .select('email')
    .where('id', '=', director.personId)
    .executeTakeFirstOrThrow();
  return { admin, cohort, seriesId, invited, director, email: email ?? '' };
}

describe('an hour-old copy that is put back', () => {
  it('brings back no erased person, no withdrawn or replaced link, no taken role and no session', async () => {
    const { admin, cohort, seriesId, invited, director, email } = await stage();
    const other = await make.makeTrainer(app.db, { admin: true });
    const [replaced, withdrawn] = invited.filter(({ role }) => role === 'teacher');
    if (!replaced || !withdrawn) throw new Error('nobody was invited');
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    const before = readFileSync(copy);
    for (const mark of [NAME, email, REMARK]) expect(before.includes(mark), mark).toBe(true);

    // Within the hour: a person is erased, one link is replaced, one withdrawn, a role taken, and somebody comes in.
    const now = new Date();
    await erasure.erase(app.db, admin, director.personId, NAME, now);
    const members = await app.db.selectFrom('team_member').selectAll().where('series_id', '=', seriesId).execute();
    const memberOf = (personId: string) => members.find((member) => member.person_id === personId)?.id ?? '';
    const version = async () =>
      (await app.db.selectFrom('series').select('version').where('id', '=', seriesId).executeTakeFirstOrThrow())
        .version;
    await people.correct(
      app.db,
      cohort.trainer,
      cohort.secret,
      { seriesId, memberId: memberOf(replaced.personId), version: await version() },
      { name: 'Leerkracht 1', email: 'nieuw@school.example', language: 'nl' },
      now,
    );
    await people.replaceRater(
      app.db,
      cohort.trainer,
      cohort.secret,
      { seriesId, memberId: memberOf(withdrawn.personId), version: await version() },
      { name: 'Iemand anders', email: 'anders@school.example' },
      now,
    );
    await roles.takeAdmin(app.db, admin, other.userId);
    await make.enter(app.db, make.inRole(invited, 'ib'));
    expect(statSync(journal).mode & 0o777).toBe(0o600);

    expect(await restore(copy)).toMatch(/Replayed \d+ lines of the journal/);
    const { databaseFile } = app.config;
    await app.close();
    const whole = readFileSync(databaseFile);
    for (const mark of [NAME, email, REMARK]) expect(whole.includes(mark), mark).toBe(false);
    app = await startApp(desk.env);
    for (const { token, secret } of [director, replaced, withdrawn]) {
      await expect(make.enter(app.db, { token, secret })).rejects.toMatchObject({ code: 'link_unknown' });
    }
    const admins = await app.db.selectFrom('role_grant').select('user_id').where('role', '=', 'admin').execute();
    expect(admins.map(({ user_id }) => user_id)).toEqual([admin.userId]);
    for (const table of ['session', 'rater_session', 'verification'] as const) {
      expect(await app.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    }
    await make.enter(app.db, make.inRole(invited, 'ib'));
  });

  it('goes on with the log: no line is lost, and one says what was put back', async () => {
    const { admin, director } = await stage();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    await erasure.erase(app.db, admin, director.personId, NAME, new Date());
    const log = () => app.db.selectFrom('audit_event').selectAll().orderBy('id').execute();
    const before = await log();
    expect(await restore(copy)).toContain('The log goes on with');
    const after = await log();
    expect(after.slice(0, before.length)).toEqual(before);
    const last = after.find(({ action }) => action === 'backup.restored');
    expect(JSON.parse(last?.detail ?? '')).toMatchObject({ copy: 'copy.sqlite', journal: 'replayed' });
    // The older copy once more: nothing twice, and the line about the first time stays.
    await restore(copy, '--without-journal');
    const twice = await log();
    expect(twice.slice(0, after.length)).toEqual(after);
    expect(JSON.parse(twice.at(-1)?.detail ?? '')).toMatchObject({ journal: 'none' });
  });

  it('takes no lines along from another database, and says so of one that cannot be read', async () => {
    await stage();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    const { databaseFile } = app.config;
    await app.close();
    const other = makeDesk();
    const elsewhere = await startApp(other.env);
    await make.makeTrainer(elsewhere.db);
    await elsewhere.close();
    const onto = await must(other.run('restore', copy, '--without-journal', '--json'));
    other.remove();
    expect(JSON.parse(onto)).toMatchObject({ carried: 0 });
    for (const suffix of ['-wal', '-shm']) rmSync(databaseFile + suffix, { force: true });
    writeFileSync(databaseFile, 'no database any more');
    expect(await restore(copy)).toContain('cannot be read');
  });

  it('brings back nothing of a cohort that was cleared since, and clears nothing else', async () => {
    const { db } = app;
    const { admin, cohort } = await stage();
    await db.updateTable('round').set({ status: 'closed', closed_at: '2026-11-26T10:00:00Z' }).execute();
    const other = await make.makeCohort(db, { trainer: cohort.trainer });
    await make.addSeries(db, other, { director: 'Blijft Bekend' });
    await db.updateTable('cohort').set({ programme_id: null }).where('id', '=', other.id).execute();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    const unit = (await retention.list(db, admin, new Date())).find(({ kind }) => kind === 'programme');
    if (!unit) throw new Error('no programme');
    const policy = { ...unit.policy, endsOn: '2026-11-30', months: 1 };
    await retention.change(db, admin, unit.id, retention.versionOf(unit.policy), policy, new Date());
    await runRetention(db, new Date('2027-01-10T10:00:00Z'));
    expect(await runRetention(db, new Date('2027-02-10T10:00:00Z'))).toBe('announced 0, cleared 1');
    expect(readJournal(journal)?.entries.map(({ kind }) => kind)).toContain('cohort_cleared');
    await restore(copy);
    const { databaseFile } = app.config;
    await app.close();
    const whole = readFileSync(databaseFile);
    for (const mark of [NAME, REMARK]) expect(whole.includes(mark), mark).toBe(false);
    expect(whole.includes('Blijft Bekend')).toBe(true);
    app = await startApp(desk.env);
    expect(await app.db.selectFrom('retention_cohort').select('cohort_id').execute()).toEqual([
      { cohort_id: cohort.id },
    ]);
    // Once more, onto a database that has it done: nothing is left to do.
    await restore(copy);
  });

  it('keeps the terms that were chosen since, and has them announced anew', async () => {
    const { admin, cohort } = await stage();
    const now = new Date('2090-12-01T10:00:00Z');
    const unitOf = async () => (await retention.list(app.db, admin, now)).find(({ kind }) => kind === 'programme');
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    const unit = await unitOf();
    if (!unit) throw new Error('no programme');
    const policy = { endsOn: '2090-01-31', months: 12, postponedUntil: '2091-06-01', answers: 'erased' as const };
    await retention.change(app.db, admin, unit.id, retention.versionOf(unit.policy), policy, now);
    await restore(copy);
    expect((await unitOf())?.policy).toEqual(policy);
    expect(await retention.told(app.db, cohort.id, now)).toBeNull();
    await restore(copy, '--without-journal');
    expect((await unitOf())?.policy, 'the log that was carried tells of it').toEqual(policy);
  });

  it('leaves a link standing that was withdrawn and came back', async () => {
    const { cohort, seriesId, invited } = await stage();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    const at = { seriesId, version: 1 };
    const { version } = await app.db
      .selectFrom('series')
      .select('version')
      .where('id', '=', seriesId)
      .executeTakeFirstOrThrow();
    await series.leave(app.db, cohort.trainer, { ...at, version }, new Date());
    await series.rejoin(app.db, cohort.trainer, cohort.secret, seriesId, new Date());
    expect(readJournal(journal)?.entries.map(({ kind }) => kind)).toContain('invitation_restored');
    await restore(copy);
    await make.enter(app.db, make.inRole(invited, 'teacher'));
  });

  it('ends a second factor that was taken away since', async () => {
    const { admin } = await stage();
    const row = {
      id: 'factor',
      user_id: admin.userId,
      secret: 'x',
      backup_codes: '[]',
      verified: 1,
      locked_until: null,
    };
    await app.db.insertInto('two_factor').values(row).execute();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    await app.db.transaction().execute((trx) => secondFactor.remove(trx, admin.userId));
    await restore(copy);
    expect(await app.db.selectFrom('two_factor').selectAll().execute()).toEqual([]);
  });
});

describe('the journal', () => {
  it('holds ids and times only, and what is undone is not in it', async () => {
    const { admin, director } = await stage();
    const { id } = readJournal(journal) ?? {};
    await expect(
      app.db.transaction().execute(async (trx) => {
        await trx.updateTable('invitation').set({ withdrawn_at: '2026-01-01' }).execute();
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(readJournal(journal)).toEqual({ id, entries: [] });
    await erasure.erase(app.db, admin, director.personId, NAME, new Date());
    const text = readFileSync(journal, 'utf8');
    expect(readJournal(journal)?.entries).toContainEqual(
      expect.objectContaining({ kind: 'person_erased', id: director.personId }),
    );
    expect(text).not.toContain(NAME);
    expect(text).not.toContain('@');
    expect(await app.db.selectFrom('journal_entry').selectAll().execute()).toEqual([]);
  });

  it('is written before the commit: where it cannot be, nothing happens', async () => {
    const { admin, director } = await stage();
    rmSync(journal);
    mkdirSync(journal);
    await expect(erasure.erase(app.db, admin, director.personId, NAME, new Date())).rejects.toThrow();
    expect(await app.db.selectFrom('person').select('id').where('id', '=', director.personId).execute()).toHaveLength(
      1,
    );
    rmSync(journal, { recursive: true });
  });

  it('loses what a power cut left of a line, and nothing else', async () => {
    const { admin, director } = await stage();
    writeFileSync(journal, '{"at":"2026', { flag: 'a' });
    expect(readJournal(journal)?.entries).toEqual([]);
    await erasure.erase(app.db, admin, director.personId, NAME, new Date());
    expect(readJournal(journal)?.entries.map(({ kind }) => kind)).toContain('person_erased');
  });

  it('is asked for: a restore without one, with a damaged or with another’s is refused and changes nothing', async () => {
    await stage();
    const copy = desk.file('copy.sqlite');
    await must(desk.run('backup', copy));
    await app.close();
    const whole = readFileSync(journal, 'utf8');
    const tries: [string, string | null][] = [
      ['There is no journal', null],
      ['this line cannot be read', `${whole}{"kind":"unheard"}\n`],
      ['this is no journal', 'words\n'],
      ['that of another database', '{"journal":"another","at":"2026-01-01"}\n'],
    ];
    const database = readFileSync(join(desk.folder, 'data', 'drieluik.sqlite'));
    for (const [why, content] of tries) {
      rmSync(journal, { force: true });
      if (content !== null) writeFileSync(journal, content);
      const ran = await desk.run('restore', copy);
      expect(ran, why).toMatchObject({ status: 1, out: '' });
      expect(ran.err).toContain(why);
    }
    expect(readFileSync(join(desk.folder, 'data', 'drieluik.sqlite')).equals(database)).toBe(true);
    const kept = desk.file('kept.jsonl', whole);
    rmSync(journal, { force: true });
    await must(desk.run('restore', copy, '--journal', kept));
    expect(readFileSync(journal, 'utf8')).toBe(whole);
    app = await startApp(desk.env);
  });
});
