import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type App } from '#lib/server/app.ts';
import { readJournal } from '#lib/server/db/journal-file.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import { makeDesk, must, type Desk } from '../support/command-line.ts';
import * as make from '../support/factories.ts';
import { giveAll, openRegistration, register, school } from '../support/registering.ts';

let desk: Desk;
let app: App;
beforeEach(async () => {
  desk = makeDesk();
  app = await startApp(desk.env);
});
afterEach(async () => {
  await app.close();
  desk.remove();
});

async function backup(name: string): Promise<string> {
  const copy = desk.file(name);
  await must(desk.run('backup', copy));
  return copy;
}

/** A copy is put back, with the server stopped for it. */
async function restore(copy: string): Promise<void> {
  await app.close();
  await must(desk.run('restore', copy));
  app = await startApp(desk.env);
}

const directors = () =>
  app.db.selectFrom('registration_entry').select(['ib_email', 'director_name', 'director_email']).execute();

/** A school that registered as a pair, a copy of then, and its director erased after it got a place. */
async function erased() {
  const admin = await make.makeTrainer(app.db, { admin: true });
  const cohort = await make.makeCohort(app.db, { secret: app.config.secret });
  await register(app.db, cohort, await openRegistration(app.db, cohort), school('De Linde', { pair: true }));
  const copy = await backup('copy.sqlite');
  await giveAll(app.db, cohort);
  const { id, name } = await app.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('email', '=', 'dir@de-linde.example')
    .executeTakeFirstOrThrow();
  await erasure.erase(app.db, admin, id, name ?? '', new Date());
  return copy;
}

describe('a copy from before a director who registered was erased', () => {
  it('does not bring the director back, though nobody was that person yet; the IB’er stays', async () => {
    const copy = await erased();
    const gone = [{ ib_email: 'ib@de-linde.example', director_name: null, director_email: null }];
    expect(await directors()).toEqual(gone);
    const noted = readJournal(app.config.journalFile)?.entries.map(({ kind }) => kind);
    expect(noted).toContain('registration_director_erased');
    await restore(copy);
    expect(await directors()).toEqual(gone);
  });

  it('takes nobody away who was named after that', async () => {
    await restore(await erased());
    const named = { director_name: 'Nieuw', director_email: 'nieuw@de-linde.example' };
    await app.db
      .updateTable('registration_entry')
      .set((eb) => ({ ...named, version: eb('version', '+', 1) }))
      .execute();
    await restore(await backup('later.sqlite'));
    expect(await directors()).toEqual([{ ib_email: 'ib@de-linde.example', ...named }]);
  });
});
