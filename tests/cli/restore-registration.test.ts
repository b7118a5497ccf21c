import { describe, expect, it } from 'vitest';
import { readJournal } from '#lib/server/db/journal-file.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as make from '../support/factories.ts';
import { giveAll, openRegistration, register, school } from '../support/registering.ts';
import { servedDesk } from '../support/served-desk.ts';

const served = servedDesk();

const directors = () =>
  served().app.db.selectFrom('registration_entry').select(['ib_email', 'director_name', 'director_email']).execute();

/** A school that registered as a pair, a copy of then, and its director erased after it got a place. */
async function erased() {
  const admin = await make.makeTrainer(served().app.db, { admin: true });
  const cohort = await make.makeCohort(served().app.db, { secret: served().app.config.secret });
  await register(
    served().app.db,
    cohort,
    await openRegistration(served().app.db, cohort),
    school('De Linde', { pair: true }),
  );
  const copy = await served().backup('copy.sqlite');
  await giveAll(served().app.db, cohort);
  const { id, name } = await served()
    .app.db.selectFrom('person')
    .select(['id', 'name'])
    .where('email', '=', 'dir@de-linde.example')
    .executeTakeFirstOrThrow();
  await erasure.erase(served().app.db, admin, id, name ?? '', new Date());
  return copy;
}

describe('a copy from before a director who registered was erased', () => {
  it('does not bring the director back, though nobody was that person yet; the IB’er stays', async () => {
    const copy = await erased();
    const gone = [{ ib_email: 'ib@de-linde.example', director_name: null, director_email: null }];
    expect(await directors()).toEqual(gone);
    const noted = readJournal(served().app.config.journalFile)?.entries.map(({ kind }) => kind);
    expect(noted).toContain('registration_director_erased');
    await served().restore(copy);
    expect(await directors()).toEqual(gone);
  });

  it('takes nobody away who was named after that', async () => {
    await served().restore(await erased());
    const named = { director_name: 'Nieuw', director_email: 'nieuw@de-linde.example' };
    await served()
      .app.db.updateTable('registration_entry')
      .set((eb) => ({ ...named, version: eb('version', '+', 1) }))
      .execute();
    await served().restore(await served().backup('later.sqlite'));
    expect(await directors()).toEqual([{ ib_email: 'ib@de-linde.example', ...named }]);
  });
});
