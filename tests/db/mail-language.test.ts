import { beforeEach, describe, expect, it } from 'vitest';
import * as account from '#lib/server/accounts/account-service.ts';
import { requestLink, type Session } from '#lib/server/accounts/sign-in-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { arrived, emptyOutbox, senderTo } from '../support/outbox.ts';
import { mailServer } from '../support/smtp.ts';

let db: Db;
let round: make.TestRound;
let ib: { id: string; email: string };

beforeEach(async () => {
  db = await testDatabase();
  const cohort = await make.makeCohort(db);
  await make.addSeries(db, cohort);
  round = await make.openRound(db, cohort);
  const { personId } = make.inRole(round.invited, 'ib');
  const person = db.selectFrom('person').select(['id', 'email']).where('id', '=', personId);
  const { id, email } = await person.executeTakeFirstOrThrow();
  ib = { id, email: email ?? '' };
  await signInSubject(); // makes the account
});

/** The subject of a sign-in mail that the IB'er asks for. */
async function signInSubject(): Promise<string | undefined> {
  await emptyOutbox(db);
  await requestLink(db, { secret: make.SECRET }, ib.email, new Date());
  const server = await mailServer();
  await senderTo(db, server.url).run();
  return server.accepted[0]?.subject;
}

const invitationSubject = async () =>
  (await arrived(db, round.id, { template: 'invitation', to: { personId: ib.id } }))[0]?.subject;

const DUTCH = ['Je inloglink voor Drieluik', 'Hoe kijk jij naar je eigen werk? Je vragenlijst staat klaar'];
const ENGLISH = ['Your sign-in link for Drieluik', 'How do you see your own work? Your questionnaire is ready'];
const subjects = async () => [await signInSubject(), await invitationSubject()];

async function choose(userId: string, language: 'nl' | 'en'): Promise<void> {
  await account.setLanguage(db, { userId } as Session, language);
}
const accountOf = async () =>
  (await db.selectFrom('user').select('id').where('email', '=', ib.email).executeTakeFirstOrThrow()).id;

describe('all mail to somebody is in one language', () => {
  it('that the trainer set with the person, also of the account', async () => {
    expect(await subjects()).toEqual(DUTCH);
    await db.updateTable('person').set({ language: 'en' }).where('id', '=', ib.id).execute();
    expect(await subjects()).toEqual(ENGLISH);
  });

  it('that the person chose on the own account, also of invitations', async () => {
    await choose(await accountOf(), 'en');
    expect(await subjects()).toEqual(ENGLISH);
    await choose(await accountOf(), 'nl');
    expect(await subjects()).toEqual(DUTCH);
  });

  it('that was set last, by whomever', async () => {
    await choose(await accountOf(), 'en');
    await db.updateTable('person').set({ language: 'nl' }).where('id', '=', ib.id).execute();
    expect(await subjects()).toEqual(DUTCH);
  });

  it('and changes nobody else’s', async () => {
    await choose(await accountOf(), 'en');
    const people = await db.selectFrom('person').select('id').where('language', '=', 'en').execute();
    expect(people).toEqual([{ id: ib.id }]);
    const users = await db.selectFrom('user').select('id').where('language', '=', 'en').execute();
    expect(users).toEqual([{ id: await accountOf() }]);
  });
});
