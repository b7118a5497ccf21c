import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/db/open.ts';
import { enqueue } from '#lib/server/mail/outbox-service.ts';
import * as participants from '#lib/server/participants/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { testDatabase } from '../support/database.ts';
import * as make from '../support/factories.ts';
import * as outbox from '../support/outbox.ts';

const { PUBLIC_URL } = outbox;

let db: Db;
let cohort: make.TestCohort;
let round: make.TestRound;

beforeEach(async () => {
  db = await testDatabase();
  cohort = await make.makeCohort(db, { name: 'Cohort Oost' });
  await make.addSeries(db, cohort, { school: 'De Wilg', ib: 'Marloes Hendriks' });
  round = await make.openRound(db, cohort);
  await db.updateTable('round').set({ closes_on: '2026-12-11' }).execute();
});

const arrived = (...asked: outbox.Asked[]) => outbox.arrived(db, round.id, ...asked);

/** The one mail that arrived, with the lines of both forms run together and the words of the HTML as they are read. */
async function letterOf(
  asked: outbox.Asked,
): Promise<{ subject: string; text: string; html: string; to: Email['to'] }> {
  const [email, ...others] = await arrived(asked);
  expect(email).toBeDefined();
  expect(others).toEqual([]);
  const flat = (words: string) => words.replace(/[ \r\n]+/g, ' ');
  return {
    subject: email?.subject ?? '',
    to: email?.to,
    text: flat(email?.text ?? ''),
    html: email?.html ?? '',
  };
}

const speakEnglish = (personId: string) =>
  db.updateTable('person').set({ language: 'en' }).where('id', '=', personId).execute();
const linkOf = (person: make.Invited) => `${PUBLIC_URL}/f/${person.token}`;
const statuses = async () =>
  (await db.selectFrom('mail').select('status').orderBy('id').execute()).map((m) => m.status);

describe('an invitation', () => {
  it.each(['director', 'ib', 'teacher'] as const)(
    'to the %s tells all there is to know, in both forms',
    async (role) => {
      const person = make.inRole(round.invited, role);
      const { subject, text, html } = await letterOf({ template: 'invitation', to: { personId: person.personId } });
      expect(subject).not.toMatch(/Marloes|Joost|Leerkracht \d/);
      for (const fact of [
        'De Wilg',
        'Cohort Oost',
        '93',
        '15 tot 20 minuten',
        'vrijdag\u00A011-12-2026',
        linkOf(person),
      ]) {
        expect(text).toContain(fact);
        expect(html).toContain(fact);
      }
      for (const promise of [
        'niet verzendt, gebruiken we niet',
        'Stuur deze mail daarom niet door',
        'niet voor jou?',
      ]) {
        expect(text).toContain(promise);
      }
      expect(text).toContain({ director: 'die van de directeur', ib: 'van 0 tot 10', teacher: 'drie of meer' }[role]);
      // Of the other raters only the IB'er is named, and nothing is fetched or counted.
      expect(text).not.toMatch(role === 'director' ? /Leerkracht \d/ : /Joost van Dalen/);
      expect(html).not.toMatch(/<img|<script|src=|url\(|@import/);
      const told = new Set(html.match(/https?:\/\/[^"<\s]+/g));
      expect(told).toEqual(new Set([linkOf(person), new URL('/privacy', linkOf(person)).href]));
    },
  );

  it('is in English for whoever reads English', async () => {
    const person = make.inRole(round.invited, 'teacher');
    await speakEnglish(person.personId);
    const { subject, text, html } = await letterOf({ template: 'invitation', to: { personId: person.personId } });
    expect(subject).toBe("Would you fill in a questionnaire about the IB'er's work?");
    expect(text).toContain('Friday\u00A011/12/2026');
    expect(text).toContain('20 minutes');
    expect(html).toContain('<html lang="en">');
  });

  it('is one mail for all forms of a person in the round, each with its link', async () => {
    const { personId } = make.inRole(round.invited, 'director');
    const { email } = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    const second = await participants.addSchool(db, cohort.trainer, cohort.secret, cohort.id, {
      school: { name: 'De Linde', brin: null },
      ib: { name: 'Anna Smit', email: 'anna@linde.example' },
      director: { name: 'Joost van Dalen', email: email ?? '' },
      teachers: [],
    });
    const forms = (await make.listInvited(db, cohort, round.id)).filter((person) => person.personId === personId);
    expect(forms.map(({ seriesId }) => seriesId)).toContain(second);
    const { subject, text } = await letterOf({ template: 'invitation', to: { personId } });
    expect(subject).toBe('Er staan 2 vragenlijsten voor je klaar');
    for (const form of forms) expect(text).toContain(linkOf(form));
    for (const name of ['Marloes Hendriks', 'De Wilg', 'Anna Smit', 'De Linde']) expect(text).toContain(name);
  });

  it('makes a link that works when SECRET was changed since', async () => {
    const person = make.inRole(round.invited, 'teacher');
    await db
      .updateTable('invitation')
      .set({ token_hash: 'of another secret' })
      .where('id', '=', person.invitationId)
      .execute();
    await arrived({ template: 'invitation', to: { personId: person.personId } });
    expect((await make.enter(db, person)).responsePublicId).toBeTruthy();
  });

  it('carries no line of a name into its headers', async () => {
    const person = make.inRole(round.invited, 'teacher');
    const name = 'Eva\r\nBcc: ander@school.example\r\n\r\nDag';
    await db.updateTable('person').set({ name }).where('id', '=', person.personId).execute();
    const [email] = await arrived({ template: 'invitation', to: { personId: person.personId } });
    expect(email?.bcc ?? []).toEqual([]);
    expect(email?.headers.filter(({ key }) => key === 'bcc')).toEqual([]);
    expect(email?.to?.[0]?.name).toBe('Eva Bcc: ander@school.example Dag');
  });
});

describe('what no longer holds is dropped', () => {
  it('once the form was withdrawn or submitted, or the round has closed', async () => {
    const teachers = round.invited.filter(({ role }) => role === 'teacher');
    const [withdrawn, submitted, open] = teachers;
    if (!withdrawn || !submitted || !open) throw new Error('too few teachers');
    const at = new Date().toISOString();
    await db.updateTable('invitation').set({ withdrawn_at: at }).where('id', '=', withdrawn.invitationId).execute();
    await make.fillAndSubmit(db, submitted);
    expect(await arrived({ template: 'invitation', to: { personId: withdrawn.personId } })).toEqual([]);
    expect(await arrived({ template: 'reminder', to: { personId: submitted.personId } })).toEqual([]);
    await rounds.close(db, cohort.trainer, round.id);
    expect(await arrived({ template: 'reminder', to: { personId: open.personId } })).toEqual([]);
    expect(await statuses()).toEqual(['dropped', 'dropped', 'dropped']);
  });

  it('where an invitation waits too, the reminder is', async () => {
    const { personId } = make.inRole(round.invited, 'teacher');
    const emails = await arrived(
      { template: 'reminder', to: { personId } },
      { template: 'invitation', to: { personId } },
    );
    expect(emails.map(({ subject }) => subject)).toEqual([
      "Wil je een vragenlijst invullen over het werk van de IB'er?",
    ]);
  });

  it('fails, with the reason, for a person without an address', async () => {
    const { personId } = make.inRole(round.invited, 'teacher');
    await db.updateTable('person').set({ email: null }).where('id', '=', personId).execute();
    expect(await arrived({ template: 'invitation', to: { personId } })).toEqual([]);
    const rows = await db.selectFrom('mail').select(['status', 'fault']).execute();
    expect(rows).toEqual([{ status: 'failed', fault: 'no_address' }]);
  });
});

describe.each(['nl', 'en'] as const)('in %s', (language) => {
  const words = {
    nl: {
      reminder: 'Herinnering',
      replaced: 'werkt daarom niet meer',
      moved: 'gaat voortaan naar dat andere adres',
      receipt: 'staan niet in deze mail',
      report: 'niet om te beoordelen',
    },
    en: {
      reminder: 'Reminder',
      replaced: 'no longer works',
      moved: 'goes to that other address',
      receipt: 'not in this mail',
      report: 'never as an appraisal',
    },
  }[language];
  const day = { nl: /vrijdag\u00A011-12-2026/, en: /Friday\u00A011\/12\/2026/ }[language];

  beforeEach(async () => {
    await db.updateTable('person').set({ language }).execute();
    await db.updateTable('user').set({ language }).execute();
  });

  it('a reminder says until when, and that only what is submitted counts', async () => {
    const person = make.inRole(round.invited, 'teacher');
    const { subject, text } = await letterOf({ template: 'reminder', to: { personId: person.personId } });
    expect(subject).toContain(words.reminder);
    expect(text).toMatch(day);
    expect(text).toContain(linkOf(person));
  });

  it('a replacement goes to whoever is asked now, and the old address hears that its link has ended', async () => {
    const person = make.inRole(round.invited, 'teacher');
    const about = { invitation: person.invitationId };
    const { text } = await letterOf({ template: 'replacement', to: { personId: person.personId }, about });
    expect(text).toContain(linkOf(person));
    const to = { address: 'oud@school.example', language };
    const old = await letterOf({ template: 'address_replaced', to, about });
    expect(old.text).toContain(words.replaced);
    expect(old.text).not.toContain('/f/');
    const { id: series } = await db.selectFrom('series').select('id').executeTakeFirstOrThrow();
    const moved = await letterOf({ template: 'address_replaced', to, about: { series }, roundId: null });
    expect(moved.text).toContain(words.moved);
    expect(moved.text).not.toContain('/f/');
    const { personId } = make.inRole(round.invited, 'director');
    expect(await arrived({ template: 'replacement', to: { personId }, about })).toEqual([]);
  });

  it('a receipt leads to the own answers and holds none', async () => {
    const person = make.inRole(round.invited, 'ib');
    await make.fillAndSubmit(db, person, () => 5);
    const about = { invitation: person.invitationId };
    const { text } = await letterOf({ template: 'receipt', to: { personId: person.personId }, about, roundId: null });
    expect(text).toContain(words.receipt);
    expect(text).toContain(linkOf(person));
  });

  it('a released report is told of to IB’er and director, unless it was taken back', async () => {
    for (const person of round.invited) await make.fillAndSubmit(db, person);
    await rounds.close(db, cohort.trainer, round.id);
    const { id } = await db.selectFrom('school_round').select('id').executeTakeFirstOrThrow();
    const asked = (role: 'ib' | 'director'): outbox.Asked => ({
      template: 'report_released',
      to: { personId: make.inRole(round.invited, role).personId },
      about: { schoolRound: id },
    });
    expect(await arrived(asked('ib'))).toEqual([]);
    await rounds.release(db, cohort.trainer, round.id, [id]);
    for (const role of ['ib', 'director'] as const) {
      const { subject, text } = await letterOf(asked(role));
      expect(subject).toContain('De Wilg');
      expect(text).toContain(`${PUBLIC_URL}/reports/${id}`);
      expect(text).toContain(words.report);
    }
  });

  it('a trainer hears how a round stands, in numbers', async () => {
    await make.fillAndSubmit(db, make.inRole(round.invited, 'teacher'));
    const to = { userId: cohort.trainer.userId };
    for (const kind of ['opened', 'closing_soon'] as const) {
      const { subject, text } = await letterOf({ template: 'trainer_summary', to, about: { kind } });
      expect(subject).toContain('Cohort Oost');
      expect(text).toMatch(/1 (van|of) 5/);
      expect(text).toContain(`${PUBLIC_URL}/rounds/${round.id}`);
      expect(text).not.toMatch(/Marloes|Joost/);
    }
    expect(await arrived({ template: 'trainer_summary', to, about: { kind: 'closed' } })).toEqual([]);
  });

  it('a sign-in mail has a link made as it is sent, and only the last one asked for goes out', async () => {
    const to = { userId: cohort.trainer.userId };
    const [email, ...others] = await arrived({ template: 'sign_in', to, roundId: null });
    expect(others).toEqual([]);
    expect(email?.text).toMatch(new RegExp(`${PUBLIC_URL}/sign-in/\\S{20,}`));
    const soon = new Date(Date.now() + 1000);
    await enqueue(db, { template: 'sign_in', to, about: {}, roundId: null, onceKey: 'test:first' }, new Date());
    await enqueue(db, { template: 'sign_in', to, about: {}, roundId: null, onceKey: 'test:second' }, soon);
    expect(await arrived()).toEqual([]);
    expect(await statuses()).toEqual(['sent', 'dropped', 'waiting']);
    const rows = await db.selectFrom('mail').selectAll().execute();
    const token = /sign-in\/(\S{20,})/.exec(email?.text ?? '')?.[1] ?? 'none';
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('a test mail says what it is', async () => {
    const { subject } = await letterOf({ template: 'test', to: { userId: cohort.trainer.userId }, roundId: null });
    expect(subject).toContain('Drieluik');
  });
});
