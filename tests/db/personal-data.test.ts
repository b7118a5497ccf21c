import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import * as answers from '#lib/server/answers/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { record } from '#lib/server/audit/service.ts';
import * as kept from '#lib/server/erasure/kept-queries.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;

/** Each rater has a remark of the own and a score of the own. */
const remarks = { director: '=directeur', ib: 'van de IB’er', teacher: 'van een leerkracht' } as const;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort, { school: 'De Wingerd', teachers: 3 });
  round = await make.openRound(db, cohort);
  for (const [index, role] of (['director', 'ib', 'teacher'] as const).entries()) {
    const { form } = await make.enter(db, make.inRole(round.invited, role));
    await answers.save(db, form, 'C1.01', make.answer({ score: index + 2, comment: remarks[role] }), 1);
  }
});

const lines = () => db.selectFrom('audit_event').selectAll().where('action', '=', 'personal_data.downloaded').execute();

async function actorOf(role: 'director' | 'ib') {
  const { personId } = make.inRole(round.invited, role);
  return accounts.actorOf(db, await accounts.userOfPerson(db, cohort.trainer, personId));
}

describe('somebody’s own data', () => {
  it('is who they are, where they take part and what they answered, and nothing that others gave', async () => {
    const actor = await actorOf('director');
    const data = await personalData.own(db, actor, 'nl');
    expect(data).toMatchObject({
      person: { name: 'Joost van Dalen', language: 'nl' },
      account: { email: data.person?.email, roles: [], sessions: [] },
      places: [{ school: 'De Wingerd', role: 'director', leftAt: null }],
      forms: [
        {
          ...{
            role: 'director',
            about: 'Marloes Hendriks',
            submittedAt: null,
            consent: null,
            remindersStoppedAt: null,
            linkEndedAt: null,
          },
          answers: [{ code: 'C1.01', statement: expect.stringMatching(/^De IB'er/), score: 2, comment: '=directeur' }],
        },
      ],
      mails: [{ kind: 'invitation', status: 'waiting' }],
    });
    const said = JSON.stringify(data);
    for (const other of [remarks.ib, remarks.teacher, 'Leerkracht 1', 'password', 'token']) {
      expect(said).not.toContain(other);
    }
  });

  it('has the own statements in the own words, in the language that is asked', async () => {
    const { forms } = await personalData.own(db, await actorOf('ib'), 'en');
    expect(forms).toMatchObject([{ answers: [{ statement: expect.stringMatching(/^I /) }] }]);
  });

  it('of an account in no team is the account with its roles, and what it did', async () => {
    const data = await personalData.own(db, cohort.trainer, 'nl');
    expect(data).toMatchObject({ person: null, places: [], forms: [] });
    expect(data.account?.roles.map(({ role }) => role)).toEqual(['trainer', 'trainer']);
    expect(data.log).toContainEqual(expect.objectContaining({ action: 'round.opened', byYou: true }));
    expect(JSON.stringify(data)).not.toMatch(/Joost|Marloes|school\.example/);
  });

  it('by a personal link is that form, and no other of the same person', async () => {
    const teacher = make.inRole(round.invited, 'teacher');
    const { form } = await make.enter(db, teacher);
    const second = await make.addSeries(db, cohort, { school: 'De Overkant' });
    await db
      .updateTable('team_member')
      .set({ person_id: teacher.personId })
      .where('series_id', '=', second)
      .where('role', '=', 'director')
      .execute();
    const data = await personalData.ofForm(db, form, 'nl');
    // What it leaves out is not in it as empty, for it is not.
    expect(Object.keys(data).toSorted()).toEqual(['covers', 'forms', 'person']);
    expect(data).toMatchObject({
      ...{ covers: 'this form only', person: { name: 'Leerkracht 1' } },
      forms: [
        {
          school: 'De Wingerd',
          answers: [{ score: 4, comment: remarks.teacher, changedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }],
        },
      ],
    });
    const explained = personalData.sheetsOf(data, 'nl').at(-1)?.table.flat().join(' ');
    expect(explained).toContain('alleen over deze ene lijst');
    expect(await lines()).toMatchObject([{ actor: 'visitor', object_id: teacher.invitationId }]);
  });

  it('is handed out by the controller at the command line only, by address', async () => {
    const { personId } = make.inRole(round.invited, 'teacher');
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    const operator = { kind: 'operator' } as const;
    const data = await personalData.ofAddress(db, operator, ` ${email?.toUpperCase()} `, 'nl');
    expect(data.forms).toMatchObject([{ answers: [{ comment: remarks.teacher }] }]);
    await expect(personalData.ofAddress(db, operator, 'niemand@school.example', 'nl')).rejects.toEqual(
      refused('not_found'),
    );
    const admin = await make.makeTrainer(db, { admin: true });
    await expect(personalData.ofAddress(db, admin, email ?? '', 'nl')).rejects.toEqual(refused('forbidden'));
    expect(await lines()).toMatchObject([{ actor: 'operator', object_type: 'person', object_id: personId }]);
  });

  it('has the lines of the log about the own invitations and those that name the person, and counts as many', async () => {
    const { personId, invitationId } = make.inRole(round.invited, 'teacher');
    await record(db, cohort.trainer, 'invitation.link_copied', { type: 'invitation', id: invitationId });
    await record(db, cohort.trainer, 'series.added', { type: 'series', id: 'x' }, { person: personId });
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    const data = await personalData.ofAddress(db, { kind: 'operator' }, email ?? '', 'nl');
    const actions = data.log.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['invitation.link_copied', 'series.added']));
    const somebody = await kept.find(db, personId);
    if (!somebody) throw new Error('nobody is found');
    expect((await kept.count(db, somebody)).logLines).toBe(data.log.length);
  });

  it('names languages and competencies in words in the table', async () => {
    const { form } = await make.enter(db, make.inRole(round.invited, 'ib'));
    await answers.saveScale(db, form, 'C1', { value: 6, notes: [] }, 1);
    const sheets = personalData.sheetsOf(await personalData.own(db, await actorOf('ib'), 'nl'), 'nl');
    const tableOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.table.flat() ?? [];
    expect(tableOf('Over mij')).toContain('Nederlands');
    expect(tableOf('Schaalvragen')).not.toContain('C1');
  });

  it('is logged each time, without what it says', async () => {
    const actor = await actorOf('ib');
    await personalData.own(db, actor, 'nl');
    await personalData.own(db, actor, 'nl');
    expect(await lines()).toMatchObject([
      { actor_user_id: actor.userId, detail: '{}' },
      { actor_user_id: actor.userId, detail: '{}' },
    ]);
  });
});

describe('the file to read', () => {
  it('has a sheet for each subject that there is, safe to open', async () => {
    const sheets = personalData.sheetsOf(await personalData.own(db, await actorOf('director'), 'nl'), 'nl');
    expect(sheets.map(({ name }) => name)).toEqual([
      ...['Over mij', 'Waar ik meedoe', 'Vragenlijsten', 'Antwoorden', 'Mail', 'Logboek', 'Uitleg'],
    ]);
    const answered = sheets.find(({ name }) => name === 'Antwoorden');
    expect(answered?.table[1]).toEqual(expect.arrayContaining(['Directeur', 'C1.01', 2, "'=directeur"]));
    for (const { table } of sheets) {
      for (const row of table) expect(row).toHaveLength(table[0]?.length ?? 0);
    }
  });
});
