import * as notices from '#lib/server/accounts/notices-service.ts';
import type { Db } from '#lib/server/db/open.ts';
import { personalLink } from '#lib/server/invitations/link-service.ts';
import { signedInPath, withPath } from '#lib/server/own-path.ts';
import * as registrations from '#lib/server/registrations/links-service.ts';
import * as news from '#lib/server/registrations/news-service.ts';
import * as retention from '#lib/server/retention/service.ts';
import * as usefulness from '#lib/server/usefulness/links-service.ts';
import type { MailFaultCode } from '#lib/text/mail-faults.ts';
import * as accountLetters from './account-letters.ts';
import * as facts from './facts-queries.ts';
import { feedbackGiven } from './feedback-letter.ts';
import * as forms from './form-letters.ts';
import { oneLine, type Frame } from './frame.ts';
import { isInvented } from './invented-service.ts';
import type { Letter } from './letter.ts';
import * as letters from './other-letters.ts';
import { newRegistrations, placeFree, registrationLetter } from './registration-letter.ts';
import { retentionAhead } from './retention-letter.ts';
import type { WaitingMail } from './outgoing-queries.ts';
import { findTrainer, isTrainerOf } from './trainer-queries.ts';
import { usefulnessQuestion } from './usefulness-letter.ts';

/** What writing a mail takes from the running application. */
export type Writing = {
  db: Db;
  secret: string;
  publicUrl: string;
  /** A new one-time sign-in link for the account with this address. */
  signInLink: (email: string) => Promise<string>;
};

/** A mail that is ready to go, that need not go any more, or that cannot go. */
export type Composed =
  | { kind: 'ready'; to: { name: string | null; email: string }; letter: Letter }
  /** `fault` says why it need not go, where that is not plain. */
  | { kind: 'dropped'; fault: MailFaultCode | null }
  | { kind: 'failed'; fault: MailFaultCode };

/**
 * Mail that could not go out for so many hours is dropped. Somebody who asked for a sign-in link yesterday no longer waits
 * for it; what happened to an account weeks ago, before there was a mail server, alarms and helps nobody.
 */
const STALE_HOURS: Partial<Record<WaitingMail['template'], number>> = {
  sign_in: 24,
  account_added: 7 * 24,
  account_changed: 7 * 24,
};

const DROPPED: Composed = { kind: 'dropped', fault: null };

/**
 * Writes a mail as things are now: to the address and in the language of now, with the links of now. What no longer holds
 * is dropped: an invitation that was withdrawn, a reminder to somebody who has submitted, a round that has closed.
 */
export async function compose(writing: Writing, mail: WaitingMail, now: Date): Promise<Composed> {
  const to = await recipientOf(writing.db, mail);
  if (to === undefined) return DROPPED;
  if (to.email === null) return { kind: 'failed', fault: 'no_address' };
  if (await isInvented(writing.db, mail, to.email)) return { kind: 'dropped', fault: 'invented' };
  const { email } = to;
  const frame: Frame = {
    language: to.language,
    name: to.name === null ? null : oneLine(to.name),
    publicUrl: writing.publicUrl,
  };
  const letter = isStale(mail, now) ? null : await write(writing, mail, frame, email, now);
  return letter === null ? DROPPED : { kind: 'ready', to: { name: frame.name, email }, letter };
}

function isStale({ template, createdAt }: WaitingMail, now: Date): boolean {
  return now.getTime() - Date.parse(createdAt) > (STALE_HOURS[template] ?? Infinity) * 3_600_000;
}

async function recipientOf(db: Db, mail: WaitingMail): Promise<facts.Recipient | undefined> {
  if (mail.personId !== null) return facts.findPerson(db, mail.personId);
  if (mail.userId !== null) return facts.findUser(db, mail.userId);
  return { name: null, email: mail.address, language: mail.language ?? 'nl' };
}

/** The letter; null when there is nothing to say any more. */
function write(writing: Writing, mail: WaitingMail, frame: Frame, email: string, now: Date): Promise<Letter | null> {
  switch (mail.template) {
    case 'invitation':
    case 'reminder':
      return mail.about['usefulness'] === undefined
        ? writeAsking(writing, mail, frame)
        : writeUsefulness(writing, mail.about['usefulness'], frame, now);
    case 'replacement':
      return writeReplacement(writing, mail, frame);
    case 'address_replaced':
      return writeAddressReplaced(writing, mail, frame);
    case 'receipt':
      return writeReceipt(writing, mail, frame);
    case 'report_released':
      return writeReleased(writing, mail, frame);
    case 'trainer_summary':
      return mail.about['kind'] === 'retention'
        ? writeRetention(writing, mail, frame, now)
        : writeSummary(writing, mail, frame);
    case 'sign_in':
      return writeSignIn(writing, mail, frame, email);
    case 'account_added':
      return writeAdded(writing, mail, frame, email);
    case 'account_changed':
      return writeChanged(writing, mail, frame);
    case 'feedback_given':
      return writeFeedback(writing, mail, frame);
    case 'registration':
      return mail.about['kind'] === 'new'
        ? writeNewRegistrations(writing, mail, frame)
        : writeRegistration(writing, mail, frame, email);
    case 'test':
      return Promise.resolve(letters.test(frame));
  }
}

/** An invitation or a reminder: one mail for all forms of somebody in the round that are not submitted. */
async function writeAsking(writing: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const { db } = writing;
  const { id, createdAt, personId, roundId } = mail;
  if (personId === null || roundId === null) return null;
  const round = await openRound(db, roundId);
  if (round === null) return null;
  if (mail.template === 'reminder' && (await facts.waitsForMoreThan(db, { id, createdAt, personId, roundId }))) {
    return null; // after days without a mail server, one mail says it all
  }
  if (mail.template === 'reminder' && (await facts.wantsNoReminders(db, { personId, roundId }))) return null;
  const open = await facts.listOpenForms(db, roundId, personId);
  if (open.length === 0) return null;
  const linked: forms.LinkedForm[] = [];
  for (const form of open) linked.push({ form, link: await personalLink(db, writing, form) });
  return mail.template === 'invitation' ? forms.invitation(frame, round, linked) : forms.reminder(frame, round, linked);
}

/** Whoever turned out not to have been there, or can no longer answer, is not asked. */
async function writeUsefulness(writing: Writing, linkId: string, frame: Frame, now: Date): Promise<Letter | null> {
  const asked = await usefulness.findAsked(writing.db, linkId, now);
  if (asked === null) return null;
  const link = await usefulness.linkOf(writing.db, writing, linkId);
  return usefulnessQuestion(frame, { ...asked, trainer: await findTrainer(writing.db, asked.cohortId, null) }, link);
}

async function writeReplacement(writing: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const form = await formOf(writing.db, mail);
  if (form === null || form.personId !== mail.personId) return null;
  if (form.withdrawnAt !== null || form.submittedAt !== null) return null;
  const round = await openRound(writing.db, form.roundId);
  if (round === null) return null;
  const link = await personalLink(writing.db, writing, form);
  return forms.invitation(frame, round, [{ form, link }], { isReplacement: true });
}

async function writeAddressReplaced({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const { series: seriesId, person: personId } = mail.about;
  if (seriesId !== undefined) {
    const series = await facts.findSeries(db, seriesId);
    if (series === undefined) return null;
    if (personId === undefined) return letters.addressMoved(frame, series);
    const reader = await facts.findPerson(db, personId);
    const isRatee = personId === series.rateeId;
    return reader === undefined ? null : letters.readerMoved(frame, series, { name: reader.name, isRatee });
  }
  const form = await formOf(db, mail);
  const round = form === null ? undefined : await facts.findRound(db, form.roundId);
  return form === null || round === undefined ? null : letters.addressReplaced(frame, round, form);
}

async function writeReceipt(writing: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const form = await formOf(writing.db, mail);
  if (form === null || form.submittedAt === null || form.withdrawnAt !== null) return null;
  if (String(form.generation) !== (mail.about['generation'] ?? '1')) return null; // the address changed since
  const round = await facts.findRound(writing.db, form.roundId);
  if (round === undefined) return null;
  const link = await personalLink(writing.db, writing, form);
  return letters.receipt(frame, round, { ...form, submittedAt: form.submittedAt }, link);
}

async function writeReleased({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const schoolRoundId = mail.about['schoolRound'];
  const release = schoolRoundId === undefined ? undefined : await facts.findRelease(db, schoolRoundId);
  if (schoolRoundId === undefined || release === undefined || release.releasedAt === null) return null;
  return letters.reportReleased(frame, { ...release, schoolRoundId }, release.rateeId === mail.personId);
}

/** What was withdrawn since, or lost its feedback, need not be told. */
async function writeFeedback({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const work = await facts.findHandIn(db, mail.about['handIn'] ?? '');
  return work === undefined || work.personId !== mail.personId ? null : feedbackGiven(frame, work);
}

/** To whoever is trainer of the cohort as it is sent: it may have waited since. */
async function writeSummary({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const kind = mail.about['kind'];
  if (mail.roundId === null || mail.userId === null || !isSummary(kind)) return null;
  const round = await facts.findRound(db, mail.roundId);
  if (round?.status !== (kind === 'closed' ? 'closed' : 'open')) return null;
  if (!(await isTrainerOf(db, mail.userId, round.cohortId))) return null;
  const totals = await facts.totalsOf(db, round.id);
  return letters.trainerSummary(frame, round, kind, { ...totals, failed: await facts.countFailed(db, round.id) });
}

/** What was postponed meanwhile, or is over, need not be told. */
async function writeRetention({ db }: Writing, mail: WaitingMail, frame: Frame, now: Date): Promise<Letter | null> {
  const { cohort, reader } = mail.about;
  const plan = cohort === undefined ? null : await retention.told(db, cohort, now);
  if (plan === null || plan.announcedOn === null) return null;
  return retentionAhead(frame, plan, reader === 'trainer' || reader === 'school' ? reader : 'admin');
}

/** Whoever gave all places before it went out, or is trainer no more, need not hear of them. */
async function writeNewRegistrations({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const { day } = mail.about;
  const cohorts = mail.userId === null || day === undefined ? [] : await news.listNew(db, mail.userId, day);
  return cohorts.length === 0 ? null : newRegistrations(frame, cohorts);
}

/** What no longer holds is dropped: a place or a wait that was withdrawn since, an address that is no part of it any more. */
async function writeRegistration(
  writing: Writing,
  mail: WaitingMail,
  frame: Frame,
  email: string,
): Promise<Letter | null> {
  const { db } = writing;
  const { registration: entryId = '', kind } = mail.about;
  const told = await registrations.findTold(db, entryId);
  if (told === null) return null;
  const { entry, registration } = told;
  const { cohortId, cohortName, lastOn, startsOn, pairs } = registration;
  const isPair = pairs && entry.director !== null;
  const trainer = await findTrainer(db, cohortId, null);
  const facts = { schoolName: entry.school.name, cohortName, trainer, isPair, lastOn, startsOn };
  if (kind === 'free') {
    const isTrainer = mail.userId !== null && (await isTrainerOf(db, mail.userId, cohortId));
    return isTrainer ? placeFree(frame, facts, cohortId) : null;
  }
  if (!registrations.isKind(kind) || !registrations.stillHolds(told, kind, email)) return null;
  const name = [entry.ib, entry.director].find((somebody) => somebody?.email === email)?.name ?? null;
  const link = kind === 'moved' || kind === 'withdrawn' ? null : await registrations.linkOf(db, writing, entry);
  return registrationLetter({ ...frame, name: name === null ? frame.name : oneLine(name) }, facts, kind, link);
}

/** Whoever asked again has no use for the link that was asked for before. */
async function writeSignIn(writing: Writing, mail: WaitingMail, frame: Frame, email: string): Promise<Letter | null> {
  const { userId, createdAt } = mail;
  if (userId === null || (await facts.askedAgain(writing.db, { userId, createdAt }))) return null;
  const to = signedInPath.parse(mail.about['to']);
  return letters.signIn(frame, withPath(await writing.signInLink(email), to));
}

/** Who found the way in already, or has no role any more, need not be welcomed. */
async function writeAdded(writing: Writing, mail: WaitingMail, frame: Frame, email: string): Promise<Letter | null> {
  const { userId, createdAt } = mail;
  if (userId === null || !(await notices.isToBeWelcomed(writing.db, userId, createdAt))) return null;
  const about = await notices.noticeFacts(writing.db, userId, mail.about['by']);
  return accountLetters.added(frame, about, await writing.signInLink(email));
}

async function writeChanged({ db }: Writing, mail: WaitingMail, frame: Frame): Promise<Letter | null> {
  const { userId, createdAt } = mail;
  const { by, change } = mail.about;
  if (userId === null || !notices.isAccountChange(change)) return null;
  const about = await notices.noticeFacts(db, userId, by);
  return accountLetters.changed(frame, { ...about, change, at: new Date(createdAt), isOwn: by === userId });
}

async function openRound(db: Db, id: string): Promise<facts.RoundFacts | null> {
  const round = await facts.findRound(db, id);
  return round?.status === 'open' ? round : null;
}

async function formOf(db: Db, mail: WaitingMail): Promise<facts.FormFacts | null> {
  const id = mail.about['invitation'];
  return id === undefined ? null : ((await facts.findForm(db, id)) ?? null);
}

function isSummary(kind: string | undefined): kind is letters.SummaryKind {
  return kind === 'opened' || kind === 'closing_soon' || kind === 'closed';
}
