import { beforeEach, describe, expect, it } from 'vitest';
import * as accounts from '#lib/server/accounts/service.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as people from '#lib/server/participants/person-service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code });
const now = new Date('2026-11-26T09:00:00Z');

let db: Db;
let cohort: make.TestCohort;
let seriesId: string;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db);
  seriesId = await make.addSeries(db, cohort, { teachers: 1 });
});

const series = (id = seriesId) => cohorts.getSeries(db, cohort.trainer, id);
async function member(role: string, of = seriesId) {
  const found = (await series(of)).team.find((each) => each.role === role);
  if (!found) throw new Error(`the team has no ${role}`);
  return found;
}
const at = async (role: string) => ({
  ...{ seriesId, memberId: (await member(role)).id, version: (await series()).version },
});
async function correct(role: string, given: Partial<people.Correction>, actor = cohort.trainer) {
  const { name, email } = await member(role);
  const whole = { name: name ?? '', email, language: 'nl' as const, ...given };
  await people.correct(db, actor, cohort.secret, await at(role), whole, now);
}
const replace = async (role: string, given: cohorts.NewPerson) =>
  people.replaceRater(db, cohort.trainer, cohort.secret, await at(role), given, now);
/** Mail that was asked for: template, and to whom; not to the other reader of a report (moved-address.test.ts). */
async function mails(): Promise<string[]> {
  const rows = await db.selectFrom('mail').selectAll().execute();
  const names = new Map((await db.selectFrom('person').selectAll().execute()).map(({ id, name }) => [id, name]));
  const own = rows.filter(
    ({ template, about }) =>
      template === 'replacement' || (template === 'address_replaced' && !about.includes('"person"')),
  );
  return own.map((row) => `${row.template} ${row.address ?? names.get(row.person_id ?? '')}`).sort();
}
const asked = async (roundId: string) => {
  const all = (await rounds.progress(db, cohort.trainer, roundId)).flatMap(({ raters }) => raters);
  return all.map(({ role, name, status }) => `${role} ${name} ${status ?? '-'}`).sort();
};
const follow = (token: string) => invitations.follow(db, cohort.secret, token);

describe('correcting somebody', () => {
  it('changes name, address and language in every team that the person is in', async () => {
    const ib = await member('ib');
    const second = await participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
      school: { name: 'De Wingerd', brin: null },
      ib: { name: 'Els', email: 'els@school.example' },
      director: null,
      teachers: [{ name: ib.name ?? '', email: ib.email }],
    });
    const before = (await series(second)).version;
    await correct('ib', { name: 'Marloes Hendriks-Smit', email: 'NIEUW@school.example', language: 'en' });
    expect(await member('teacher', second)).toMatchObject({
      ...{ name: 'Marloes Hendriks-Smit', email: 'nieuw@school.example' },
    });
    expect((await series(second)).version).toBe(before + 1);
    const details = await people.getMember(db, cohort.trainer, seriesId, (await member('ib')).id);
    expect(details).toMatchObject({ language: 'en', isElsewhere: false });
  });

  it('gives a form that nobody opened a new link, and mails it to the new address', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const { token } = make.inRole(invited, 'director');
    const before = await member('director');
    await correct('director', { email: 'nieuw@school.example' });
    await expect(follow(token)).rejects.toEqual(refused('link_unknown'));
    expect(await asked(id)).toContain('director Joost van Dalen -');
    expect(await mails()).toEqual([`address_replaced ${before.email}`, 'replacement Joost van Dalen']);
  });

  it('starts an empty form after the first answer, and tells the old address', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const director = make.inRole(invited, 'director');
    const before = await member('director');
    await make.answerOne(db, await make.enter(db, director));
    await correct('director', { email: 'nieuw@school.example' });
    await expect(follow(director.token)).rejects.toEqual(refused('link_unknown'));
    expect(await asked(id)).toContain('director Joost van Dalen -');
    expect(await mails()).toEqual([`address_replaced ${before.email}`, 'replacement Joost van Dalen']);
  });

  it('leaves what was submitted as it is', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const director = make.inRole(invited, 'director');
    await make.fillAndSubmit(db, director);
    const before = await member('director');
    await correct('director', { email: 'nieuw@school.example' });
    expect(await asked(id)).toContain('director Joost van Dalen submitted');
    expect(await mails()).toEqual([`address_replaced ${before.email}`]);
  });

  it('keeps the link that was handed to somebody who had no address, and mails it as an ordinary invitation', async () => {
    await participants.addRater(...([db, cohort.trainer, cohort.secret, seriesId, 'teacher'] as const), {
      ...{ name: 'Zonder adres', email: null },
    });
    const { invited } = await make.openRound(db, cohort);
    const { team } = await series();
    const found = team.find(({ email }) => email === null);
    const token = invited.find(({ personId }) => personId === found?.personId)?.token ?? '';
    const place = { seriesId, memberId: found?.id ?? '', version: (await series()).version };
    const given = { name: 'Zonder adres', email: 'toch@school.example', language: 'nl' as const };
    await people.correct(db, cohort.trainer, cohort.secret, place, given, now);
    expect(await follow(token)).toMatchObject({ raterName: 'Zonder adres' });
    expect(await mails()).toEqual([]); // nothing was wrong with an earlier address, and the form may have answers
    const invitations = db
      .selectFrom('mail')
      .select('template')
      .where('person_id', '=', found?.personId ?? '');
    expect(await invitations.execute()).toEqual([{ template: 'invitation' }]);
  });

  it('ends the old address’s way to the reports, and tells it', async () => {
    const director = await member('director');
    const account = await db.transaction().execute((trx) => {
      return accounts.userOfPerson(trx, cohort.trainer, director.personId);
    });
    await correct('director', { email: 'nieuw@school.example' });
    const actor = await accounts.actorOf(db, account);
    expect(actor.personId).toBeNull();
    expect(await mails()).toEqual([`address_replaced ${director.email}`]);
  });

  it('is refused for an address of somebody else, for a stale version, and for taking an address away', async () => {
    const { email } = await member('ib');
    await expect(correct('director', { email })).rejects.toEqual(refused('address_taken'));
    await expect(correct('director', { email: null })).rejects.toEqual(refused('person_has_no_email'));
    const stale = await at('director');
    await correct('ib', { name: 'Anders' });
    const late = people.correct(db, cohort.trainer, cohort.secret, stale, { name: 'X', email, language: 'nl' }, now);
    await expect(late).rejects.toEqual(refused('changed_meanwhile'));
  });

  it('is for the own trainer, and for nobody who also takes part elsewhere', async () => {
    const other = await make.makeCohort(db);
    await expect(correct('ib', { name: 'X' }, other.trainer)).rejects.toEqual(refused('forbidden'));
    const { name, email } = await member('ib');
    await participants.addSchool(db, other.trainer, cohort.secret, other.id, {
      ...{ school: { name: 'Elders', brin: null }, ib: { name: name ?? '', email }, director: null, teachers: [] },
    });
    await expect(correct('ib', { name: 'X' })).rejects.toEqual(refused('person_elsewhere'));
  });
});

describe('replacing a director or teacher', () => {
  const els = { name: 'Els Nieuw', email: 'els@school.example' };

  it('asks the new one at once, with an empty form, and withdraws what was not submitted', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    const { token } = make.inRole(invited, 'director');
    await replace('director', els);
    await expect(follow(token)).rejects.toEqual(refused('link_unknown'));
    expect((await asked(id)).filter((line) => line.startsWith('director'))).toEqual(['director Els Nieuw -']);
    // Nobody had opened the form: there is nothing to tell the old address.
    expect(await mails()).toEqual(['replacement Els Nieuw']);
  });

  it('tells the old address of a form that was begun', async () => {
    const { invited } = await make.openRound(db, cohort);
    const old = await member('director');
    await make.enter(db, make.inRole(invited, 'director'));
    await replace('director', els);
    expect(await mails()).toEqual([`address_replaced ${old.email}`, 'replacement Els Nieuw']);
  });

  it('keeps the director of a round who has submitted', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'director'));
    await replace('director', els);
    expect((await asked(id)).filter((line) => line.startsWith('director'))).toEqual([
      'director Joost van Dalen submitted',
    ]);
    expect(await mails()).toEqual([]);
    expect((await member('director')).name).toBe('Els Nieuw');
  });

  it('counts a teacher who has submitted beside the new one, who may have no address', async () => {
    const { id, invited } = await make.openRound(db, cohort);
    await make.fillAndSubmit(db, make.inRole(invited, 'teacher'));
    await replace('teacher', { name: 'Nieuw', email: null });
    expect((await asked(id)).filter((line) => line.startsWith('teacher'))).toEqual([
      'teacher Leerkracht 1 submitted',
      'teacher Nieuw -',
    ]);
    expect(await mails()).toEqual([]);
  });

  it('is refused for the IB’er, for somebody of the team, and for a stale version', async () => {
    const ib = await member('ib');
    await expect(replace('ib', els)).rejects.toEqual(refused('ib_stays'));
    await expect(replace('director', { name: 'X', email: ib.email })).rejects.toEqual(refused('person_has_role'));
    const director = await member('director');
    await expect(replace('director', { name: 'X', email: director.email })).rejects.toEqual(refused('person_has_role'));
    const stale = await at('director');
    await replace('teacher', els);
    const late = people.replaceRater(
      db,
      cohort.trainer,
      cohort.secret,
      stale,
      { name: 'Y', email: 'y@x.example' },
      now,
    );
    await expect(late).rejects.toEqual(refused('changed_meanwhile'));
    expect((await member('director')).name).toBe('Joost van Dalen');
  });
});
