import { beforeEach, describe, expect, it } from 'vitest';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as erasure from '#lib/server/erasure/service.ts';
import * as waiting from '#lib/server/erasure/waiting-service.ts';
import { registrationToken } from '#lib/server/ids.ts';
import * as cleaning from '#lib/server/jobs/cleaning-service.ts';
import { LIMITS } from '#lib/server/limits/guesses-service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as personalData from '#lib/server/personal-data/service.ts';
import { readEntry } from '#lib/server/registration-form.ts';
import * as entering from '#lib/server/registrations/entering-service.ts';
import * as links from '#lib/server/registrations/links-service.ts';
import * as registrations from '#lib/server/registrations/service.ts';
import * as withdrawing from '#lib/server/registrations/withdrawing-service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import { PUBLIC_URL } from '../support/outbox.ts';
import {
  giveAll,
  NOW,
  openRegistration,
  register,
  registering,
  school,
  sendWaiting,
  SETTINGS,
  standing,
} from '../support/registering.ts';

let db: Db;
let cohort: make.TestCohort;
let token: string;
beforeEach(async () => {
  ({ db, cohort, token } = await registering());
});

const sent = () => sendWaiting(db);

async function eraseByAddress(email: string): Promise<void> {
  const person = db.selectFrom('person').select(['id', 'name']).where('email', '=', email);
  const { id, name } = await person.executeTakeFirstOrThrow();
  await erasure.erase(db, await make.makeTrainer(db, { admin: true }), id, name ?? '', NOW);
}

/** A trainer corrects the address of somebody with a place. */
async function correct(before: string, email: string): Promise<void> {
  const [series] = await cohorts.listSeries(db, cohort.id);
  const member = series?.team.find((each) => each.email === before);
  if (!series || !member) throw new Error('nobody has that address');
  const at = { seriesId: series.id, memberId: member.id, version: series.version };
  const given = { name: member.name ?? '', email, language: 'nl' } as const;
  await people.correct(db, cohort.trainer, cohort.secret, at, given, NOW);
}

describe('mail about a registration', () => {
  it('greets by name and carries the link that opens it, in the language that was chosen', async () => {
    const entry = await register(db, cohort, token, { ...school('De Linde'), language: 'en' });
    const [mail] = await sent();
    expect(mail?.subject).toBe('De Linde has been registered for Cohort Oost');
    const link = `${PUBLIC_URL}/r/${entry.token}`;
    expect(mail?.text).toContain('Ib De Linde');
    for (const form of [mail?.text, mail?.html]) expect(form).toContain(link);
    expect(await entering.follow(db, link.split('/').at(-1) ?? '', NOW)).toMatchObject({ entryId: entry.id });
  });

  it('that was begun before the link went elsewhere does not bring the old one back', async () => {
    const { id, token: old } = await register(db, cohort, token, school('De Linde'));
    const told = await links.findTold(db, id);
    if (told === null) throw new Error('nothing is kept');
    const given = { ...school('De Linde'), ib: { name: 'Nieuw', email: 'nieuw@de-linde.example' } };
    const next = await entering.change(db, cohort.secret, { entryId: id, token: old, version: 1 }, given, NOW);
    await links.linkOf(db, { secret: cohort.secret, publicUrl: PUBLIC_URL }, told.entry);
    await expect(entering.openOwn(db, id, old)).rejects.toMatchObject({ code: 'link_unknown' });
    expect((await entering.openOwn(db, id, next)).entry.id).toBe(id);
  });

  it('that no longer holds does not go: of a place that was withdrawn since, only that goes', async () => {
    const entry = await register(db, cohort, token, school('De Linde'));
    await giveAll(db, cohort);
    await withdrawing.withdrawOwn(db, cohort.secret, entry.id, entry.token, NOW);
    const [first, second, ...rest] = await sent();
    const subjects = [first?.subject, second?.subject].toSorted();
    expect(subjects).toEqual(['De aanmelding van De Linde is ingetrokken', 'Een plaats in Cohort Oost is vrij']);
    expect(rest).toEqual([]);
  });
});

describe('what whoever has the link can send to others', () => {
  it('is a name and no more: in one line, and no link in the mail', async () => {
    const { ib } = school('De Linde');
    const typed = {
      school: '\u202EKlik op\n\nhttps://elders.example/nu ',
      ibName: 'www.elders.example',
      ibEmail: ib.email,
    };
    const read = readEntry({ ...typed, brin: '', directorName: '', directorEmail: '', language: 'nl', agreed: 'yes' });
    if ('errors' in read) throw new Error('the form was refused');
    expect(read.given.school.name).toBe('Klik op https://elders.example/nu');
    await register(db, cohort, token, read.given);
    const [mail] = await sent();
    for (const form of [mail?.text ?? '', mail?.html ?? '']) {
      expect(form.replaceAll('\u2060', '')).toContain('Klik op https://elders.example/nu');
      expect(form).not.toMatch(/elders\.example|https:\/\/elders/);
    }
  });

  it('goes to one address so often a day, wherever it is named; what a trainer does is told all the same', async () => {
    const director = { name: 'Wie', email: 'wie@elders.example' };
    const { times } = LIMITS.registrationMail;
    const entered: { id: string; token: string }[] = [];
    for (let nth = 0; nth < times + 2; nth += 1) {
      entered.push(await register(db, cohort, token, { ...school(`School ${nth}`), director }));
    }
    const mailsTo = (like: string) => db.selectFrom('mail').select('id').where('address', 'like', like).execute();
    expect(await mailsTo(director.email)).toHaveLength(times);
    expect(await mailsTo('ib@%')).toHaveLength(times + 2);
    const [first, second] = entered;
    await withdrawing.withdrawOwn(db, cohort.secret, first?.id ?? '', first?.token, NOW);
    expect(await mailsTo(director.email)).toHaveLength(times);
    await withdrawing.withdraw(db, cohort.trainer, cohort.id, second?.id ?? '', NOW);
    expect(await mailsTo(director.email)).toHaveLength(times + 1);
  });
});

describe('what is kept of a registration', () => {
  it('goes three months after the first day, also of who has a place, who stays in the cohort', async () => {
    await register(db, cohort, token, school('De Linde'));
    await giveAll(db, cohort);
    await register(db, cohort, token, school('De Brink', { pair: true }));
    await cleaning.clean(db, new Date('2027-04-13T12:00:00.000Z'));
    expect(await standing(db, cohort)).toHaveLength(2);
    expect(await cleaning.clean(db, new Date('2027-04-14T12:00:00.000Z'))).toMatchObject({ schools: 2 });
    expect(await standing(db, cohort)).toEqual([]);
    expect(await db.selectFrom('series').select('id').execute()).toHaveLength(1);
  });

  it('goes on the day that was told, though the first day is moved since; who registers then has the later one', async () => {
    const { id, token: own } = await register(db, cohort, token, school('De Linde'));
    const later = { ...SETTINGS, startsOn: '2027-03-14' };
    await registrations.save(db, cohort.trainer, cohort.id, 1, later, NOW);
    await register(db, cohort, token, school('De Brink'));
    expect((await entering.openOwn(db, id, own)).entry.goesOn).toBe('2027-04-14');
    expect((await registrations.assertThere(db, cohort.trainer, cohort.id, NOW)).goesOn).toBe('2027-04-14');
    expect(await cleaning.clean(db, new Date('2027-04-14T12:00:00.000Z'))).toMatchObject({ schools: 1 });
    expect(await standing(db, cohort)).toEqual(['De Brink next']);
    expect((await registrations.assertThere(db, cohort.trainer, cohort.id, NOW)).goesOn).toBe('2027-06-14');
    expect(await cleaning.clean(db, new Date('2027-06-14T12:00:00.000Z'))).toMatchObject({ schools: 1 });
  });

  it('is found and erased by an administrator where nobody has a place yet, and by no trainer', async () => {
    const { id } = await register(db, cohort, token, school('De Linde', { pair: true }));
    const admin = await make.makeTrainer(db, { admin: true });
    expect(await waiting.search(db, admin, 'DIR@de-linde')).toMatchObject([{ id, school: 'De Linde' }]);
    expect([await waiting.search(db, admin, ' '), await waiting.search(db, admin, '%')]).toEqual([[], []]);
    await expect(waiting.erase(db, cohort.trainer, id, NOW)).rejects.toMatchObject({ code: 'forbidden' });
    await waiting.erase(db, admin, id, NOW);
    expect(await standing(db, cohort)).toEqual(['De Linde withdrawn']);
    // Whoever is erased is written to no more, and no address is left behind in mail that waits.
    expect(await sent()).toEqual([]);
    expect(JSON.stringify(await db.selectFrom('mail').selectAll().execute())).not.toContain('de-linde');
  });

  it('that was withdrawn writes no more to a former address of an IB’er who is erased since', async () => {
    const entry = await register(db, cohort, token, school('De Linde'));
    await giveAll(db, cohort);
    await sent();
    await withdrawing.withdrawOwn(db, cohort.secret, entry.id, entry.token, NOW);
    await correct('ib@de-linde.example', 'nieuw@de-linde.example');
    await eraseByAddress('nieuw@de-linde.example');
    expect((await sent()).flatMap(({ to }) => to ?? []).map(({ address }) => address)).not.toContain(
      'ib@de-linde.example',
    );
  });

  it('is found too of a director who came into no team, whom the school gave up in vain, and goes from it alone', async () => {
    const { ib, school: linde } = school('De Linde');
    const director = { name: 'Al bekend', email: 'bekend@de-linde.example' };
    const team = { school: linde, ib, director, teachers: [] };
    await participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, team);
    const { id } = await register(db, cohort, token, school('De Linde', { pair: true }));
    await giveAll(db, cohort);
    const admin = await make.makeTrainer(db, { admin: true });
    expect(await waiting.search(db, admin, 'ib@de-linde')).toEqual([]);
    expect(await waiting.search(db, admin, 'dir@de-linde')).toMatchObject([{ id, isPlaced: true, ibEmail: null }]);
    const own = await personalData.ofAddress(db, { kind: 'operator' }, 'dir@de-linde.example', 'nl');
    expect(own.registrations).toMatchObject([{ role: 'director', name: 'Dir De Linde' }]);
    expect(own.mails.map(({ kind }) => kind)).toEqual(['registration', 'registration']);
    expect(await waiting.erase(db, admin, id, NOW)).toBe('director');
    expect(await waiting.erase(db, admin, id, NOW)).toBe('director'); // pressed twice
    expect(await standing(db, cohort)).toEqual(['De Linde placed']);
    const kept = [db.selectFrom('registration_entry'), db.selectFrom('mail'), db.selectFrom('person')];
    for (const table of kept) expect(JSON.stringify(await table.selectAll().execute())).not.toContain('dir@de-linde');
    expect(await db.selectFrom('journal_entry').select('kind').execute()).toContainEqual({
      kind: 'registration_director_erased',
    });
  });

  it('of a director who is erased leaves the mail of a school that registered its IB’er with the same address', async () => {
    const { ib, school: linde } = school('De Linde');
    const director = { name: 'Al bekend', email: 'bekend@de-linde.example' };
    await participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
      ...{ school: linde, ib, director, teachers: [] },
    });
    const { id } = await register(db, cohort, token, school('De Linde', { pair: true }));
    await giveAll(db, cohort);
    const shared = { name: 'Ib De Brink', email: 'dir@de-linde.example' };
    const other = await register(db, cohort, token, { ...school('De Brink'), ib: shared });
    await waiting.erase(db, await make.makeTrainer(db, { admin: true }), id, NOW);
    const mails = await db.selectFrom('mail').select('about').where('address', '=', shared.email).execute();
    expect(mails).toEqual([{ about: JSON.stringify({ registration: other.id, kind: 'received' }) }]);
    expect(await standing(db, cohort)).toContain('De Brink next');
  });

  it('goes with whoever is erased, and no copy that is put back has it again', async () => {
    const { id } = await register(db, cohort, token, school('De Linde', { pair: true }));
    await register(db, cohort, token, { ...school('De Brink', { pair: true }), director: school('De Linde').ib });
    await giveAll(db, cohort);
    const admin = await make.makeTrainer(db, { admin: true });
    const person = await db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('email', '=', 'ib@de-linde.example')
      .executeTakeFirstOrThrow();
    await erasure.erase(db, admin, person.id, person.name ?? '', NOW);
    const rows = await db.selectFrom('registration_entry').select(['ib_email', 'director_email']).execute();
    expect(JSON.stringify(rows)).not.toContain('de-linde');
    expect(rows).toContainEqual({ ib_email: 'ib@de-brink.example', director_email: null });
    const copy = await testDatabase();
    const other = await make.makeCohort(copy, { name: 'Cohort Oost' });
    await register(copy, other, await openRegistration(copy, other), school('De Linde'));
    await copy.updateTable('registration_entry').set({ id }).execute();
    await erasure.eraseAgain(copy, { kind: 'operator' }, id, NOW.toISOString());
    expect(await standing(copy, other)).toEqual(['De Linde withdrawn']);
  });

  it('is found by the place too, where the address is a former one or nobody’s', async () => {
    await register(db, cohort, token, school('De Linde', { pair: true }));
    await register(db, cohort, token, school('De Brink', { pair: true }));
    await giveAll(db, cohort);
    for (const role of ['ib', 'dir']) {
      const email = `${role}@de-linde.example`;
      await db
        .updateTable('person')
        .set({ email: `nu-${email}` })
        .where('email', '=', email)
        .execute();
    }
    const data = await personalData.ofAddress(db, { kind: 'operator' }, 'nu-ib@de-linde.example', 'nl');
    expect(data.registrations).toMatchObject([{ role: 'ib', email: 'ib@de-linde.example' }]);
    const rows = () =>
      db.selectFrom('registration_entry').select(['ib_email', 'director_email']).orderBy('school_name').execute();
    await eraseByAddress('nu-dir@de-linde.example');
    const [brink, linde] = await rows();
    expect(brink).toEqual({ ib_email: 'ib@de-brink.example', director_email: 'dir@de-brink.example' });
    expect(linde).toEqual({ ib_email: 'ib@de-linde.example', director_email: null });
    await eraseByAddress('nu-ib@de-linde.example');
    expect(await rows()).toEqual([brink, { ib_email: null, director_email: null }]);
  });

  it('follows an address that a trainer corrects, and its link goes there', async () => {
    const entry = await register(db, cohort, token, school('De Linde', { pair: true }));
    await giveAll(db, cohort);
    await correct('ib@de-linde.example', 'nieuw@de-linde.example');
    await expect(entering.openOwn(db, entry.id, entry.token)).rejects.toMatchObject({ code: 'link_unknown' });
    const next = registrationToken(cohort.secret, entry.id, 2);
    await correct('dir@de-linde.example', 'baas@de-linde.example');
    expect((await entering.openOwn(db, entry.id, next)).entry).toMatchObject({
      ...{ ib: { name: 'Ib De Linde', email: 'nieuw@de-linde.example' } },
      director: { name: 'Dir De Linde', email: 'baas@de-linde.example' },
    });
    const told = (await sent()).filter(({ subject }) => subject === 'De aanmelding van De Linde is gewijzigd');
    const moved = told.find(({ to }) => to?.some(({ address }) => address === 'nieuw@de-linde.example'));
    expect(moved?.text).toContain(`/r/${next}`);
    const data = await personalData.ofAddress(db, { kind: 'operator' }, 'baas@de-linde.example', 'nl');
    expect(data.registrations).toMatchObject([{ role: 'director', email: 'baas@de-linde.example' }]);
  });

  it('is in the file of the own data: the own name and address, not those of the other', async () => {
    await register(db, cohort, token, school('De Linde', { pair: true }));
    await giveAll(db, cohort);
    const data = await personalData.ofAddress(db, { kind: 'operator' }, 'dir@de-linde.example', 'nl');
    expect(data.registrations).toMatchObject([{ role: 'director', name: 'Dir De Linde', school: 'De Linde' }]);
    expect(JSON.stringify(data.registrations)).not.toContain('Ib De Linde');
    expect(personalData.sheetsOf(data, 'nl').map(({ name }) => name)).toContain('Aanmeldingen');
    await register(db, cohort, token, school('De Brink'));
    const waiting = await personalData.ofAddress(db, { kind: 'operator' }, 'ib@de-brink.example', 'nl');
    expect(waiting).toMatchObject({ person: null, registrations: [{ school: 'De Brink' }] });
  });
});
