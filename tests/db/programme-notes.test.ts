import { beforeEach, describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import * as notes from '#lib/server/programmes/notes-service.ts';
import { deleteProgrammeNotes } from '#lib/server/retention/clear-queries.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let programme: string;
let [one, other]: UserActor[] = [];
beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  programme = (await db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id;
  [one, other] = [await steering('Een'), await steering('Ander')];
});

async function steering(name: string): Promise<UserActor> {
  const operator = { kind: 'operator' } as const;
  const user = await accounts.ensureUser(db, operator, { name, email: `${name.toLowerCase()}@stuurgroep.example` });
  await accounts.grant(db, operator, user.id, { role: 'steering', cohortId: null, programmeId: programme });
  return accounts.actorOf(db, user);
}

const writer = () => one as UserActor;
const decision = { kind: 'decision', text: 'We gaan door.' } as const;

describe('the notes of a steering group', () => {
  it('are read by all who may read the page, newest first, with who wrote them', async () => {
    await notes.add(db, writer(), programme, decision);
    await notes.add(db, other as UserActor, programme, { kind: 'comment', text: 'Eens.' });
    const found = await notes.list(db, cohort.trainer, programme);
    expect(found.map(({ text, author, kind }) => [text, author, kind])).toEqual([
      ['Eens.', 'Ander', 'comment'],
      ['We gaan door.', 'Een', 'decision'],
    ]);
    await expect(notes.list(db, await make.makeTrainer(db), programme)).rejects.toEqual(refused('forbidden'));
  });

  it('are written by the group, and changed or removed only by who wrote them', async () => {
    await expect(notes.add(db, cohort.trainer, programme, decision)).rejects.toEqual(refused('forbidden'));
    const id = await notes.add(db, writer(), programme, decision);
    const seen = { id, version: 1 };
    await expect(notes.change(db, other as UserActor, programme, seen, decision)).rejects.toEqual(refused('not_found'));
    await expect(notes.remove(db, other as UserActor, programme, seen)).rejects.toEqual(refused('not_found'));
    await expect(notes.own(db, writer(), 'another', id)).rejects.toEqual(refused('not_found'));
    const long = { ...decision, text: 'x'.repeat(notes.NOTE_LENGTH + 1) };
    await expect(notes.change(db, writer(), programme, seen, long)).rejects.toEqual(refused('comment_too_long'));
    await notes.change(db, writer(), programme, seen, { ...decision, text: 'We stoppen.' });
    await expect(notes.change(db, writer(), programme, seen, decision)).rejects.toEqual(refused('changed_meanwhile'));
    await expect(notes.remove(db, writer(), programme, seen)).rejects.toEqual(refused('changed_meanwhile'));
    await notes.remove(db, writer(), programme, { id, version: 2 });
    expect(await notes.list(db, writer(), programme)).toEqual([]);
    const log = await db.selectFrom('audit_event').select('action').where('action', 'like', 'programme.%').execute();
    expect(log.map(({ action }) => action)).toEqual([
      ...['programme.note_added', 'programme.note_changed', 'programme.note_removed'],
    ]);
  });

  it('are in the own data of who wrote them, and stay without a name when the account goes', async () => {
    await notes.add(db, writer(), programme, decision);
    const data = await personalData.own(db, writer(), 'nl');
    expect(data.programmeNotes).toMatchObject([{ kind: 'decision', text: 'We gaan door.' }]);
    expect(personalData.sheetsOf(data, 'nl').map(({ name }) => name)).toContain('Besluiten en opmerkingen');
    expect((await personalData.own(db, other as UserActor, 'nl')).programmeNotes).toEqual([]);
    await db.deleteFrom('user').where('id', '=', writer().userId).execute();
    expect(await notes.list(db, cohort.trainer, programme)).toMatchObject([{ author: null, authorId: null }]);
  });

  it('go once no cohort of the programme is kept any more, and not before', async () => {
    await notes.add(db, writer(), programme, decision);
    const second = await make.makeCohort(db);
    await deleteProgrammeNotes(db, cohort.id);
    expect(await notes.list(db, writer(), programme)).toHaveLength(1);
    await db.updateTable('cohort').set({ programme_id: null }).where('id', '=', second.id).execute();
    await deleteProgrammeNotes(db, cohort.id);
    expect(await notes.list(db, writer(), programme)).toEqual([]);
  });
});
