import { DomainError } from '#lib/errors.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newId, nowIso } from '#lib/server/ids.ts';
import { loadAsked, rolesAsked, type AskedList, type Asking } from '#lib/server/instruments/asked-service.ts';
import * as outbox from '#lib/server/mail/outbox-service.ts';
import * as queries from './queries.ts';

/** A rater's own form: who rates whom, in which round and mode, and what may still be done with it. */
export type Form = Omit<queries.FormRow, 'consent' | 'consentIsFinal' | 'isPulse' | 'trainerSeesSchools'> & {
  /** Open mode asks each teacher; null as long as the question was not answered, or where it is not asked. */
  consent: boolean | null;
  asksConsent: boolean;
  /** A yes was taken back after it was sent, and cannot be given again (consent-service.ts). */
  consentIsFinal: boolean;
  trainerSeesSchools: boolean;
  /** It asks some aspects of the list: a short form, between two whole ones. */
  isPulse: boolean;
  /** Not submitted, and the round is open. */
  writable: boolean;
  /** The look-back page (measurement.md §7): for the IB'er from the second whole round on, once "now" is locked. */
  looksBack: boolean;
};

/** Starts a response to an invitation. @returns its public id */
export async function start(
  trx: Db,
  response: { invitationId: string; instrumentVersionId: string; pageSeed: number; now: Date },
): Promise<string> {
  const publicId = newId();
  await queries.insertResponse(trx, {
    publicId,
    invitationId: response.invitationId,
    instrumentVersionId: response.instrumentVersionId,
    pageSeed: response.pageSeed,
    startedAt: response.now.toISOString(),
  });
  return publicId;
}

/** Remembers the hash of a rater's session. */
export async function startSession(trx: Db, publicId: string, sessionToken: string, expiresAt: Date): Promise<void> {
  await queries.insertSession(trx, {
    tokenHash: hashToken(sessionToken),
    publicId,
    createdAt: nowIso(),
    expiresAt: expiresAt.toISOString(),
  });
}

/** Ends a rater's session ("Stoppen", for shared computers); the personal link opens a new one. */
export async function endSession(db: Db, sessionToken: string): Promise<void> {
  await queries.deleteSession(db, hashToken(sessionToken));
}

/** Ends every session of a form. */
export async function endSessions(db: Db, responseId: number): Promise<void> {
  await queries.deleteSessions(db, responseId);
}

/** Ends every session of a form but this one. */
export async function endSessionsBeside(db: Db, responseId: number, sessionToken: string): Promise<void> {
  await queries.deleteSessionsBeside(db, responseId, hashToken(sessionToken));
}

/**
 * The form that this session may open.
 * @throws DomainError link_unknown when there is no such session (any more), or the invitation was withdrawn
 */
export async function open(db: Db, publicId: string, sessionToken: string | undefined): Promise<Form> {
  if (sessionToken === undefined) throw new DomainError('link_unknown');
  const row = await queries.findForm(db, publicId, hashToken(sessionToken), nowIso());
  if (!row) throw new DomainError('link_unknown');
  return {
    ...row,
    isPulse: Boolean(row.isPulse),
    consent: row.consent === null ? null : row.consent === 1,
    consentIsFinal: row.consentIsFinal === 1,
    asksConsent: row.mode === 'open' && row.role === 'teacher',
    trainerSeesSchools: row.trainerSeesSchools === 1,
    writable: row.status === 'started' && row.roundStatus === 'open',
    looksBack: looksBack({ ...row, isPulse: Boolean(row.isPulse) }),
  };
}

/** Whether the look-back questions are asked of this rater: at the end of a programme year, so never in a pulse. */
export function looksBack(form: Pick<Form, 'role' | 'roundNumber' | 'isPulse' | 'status'>): boolean {
  return form.role === 'ib' && form.roundNumber > 0 && !form.isPulse && form.status === 'submitted';
}

/** What this form asks of the list that it was given; it stays that version whatever is published later. */
export function instrumentOf(db: Db, form: Asking): Promise<AskedList> {
  return loadAsked(db, form);
}

/** @throws DomainError response_submitted, round_closed */
export function assertWritable(form: Pick<Form, 'status' | 'roundStatus'>): void {
  if (form.status === 'submitted') throw new DomainError('response_submitted');
  if (form.roundStatus !== 'open') throw new DomainError('round_closed');
}

/** @throws DomainError consent_missing where a teacher in open mode has not answered the question yet */
export function assertConsentAsked(form: Pick<Form, 'asksConsent' | 'consent'>): void {
  if (form.asksConsent && form.consent === null) throw new DomainError('consent_missing');
}

/**
 * A teacher's choice in open mode; it may change as long as the form is not submitted, but for a yes that was taken back.
 * @throws DomainError response_submitted, round_closed, consent_taken_back
 */
export async function chooseConsent(db: Db, form: Form, consent: boolean): Promise<void> {
  if (!form.asksConsent) return assertWritable(form);
  await db.transaction().execute(async (trx) => {
    assertWritable(await statusOf(trx, form.responseId));
    if (consent && (await queries.isConsentFinal(trx, form.responseId))) throw new DomainError('consent_taken_back');
    await queries.setConsent(trx, form.responseId, consent);
  });
}

/**
 * Who is asked beside this rater: the director's name (null: unknown) and how many teachers, never which. A list may ask no
 * director (`asksDirector`), or no teachers (null).
 */
export async function companyOf(
  db: Db,
  form: Form,
): Promise<{ director: string | null; asksDirector: boolean; teachers: number | null }> {
  const asked = await queries.listAsked(db, form.schoolRoundId);
  const roles = await rolesAsked(db, form);
  return {
    director: asked.find(({ role }) => role === 'director')?.name ?? null,
    asksDirector: roles.has('director'),
    teachers: roles.has('teacher') ? asked.filter(({ role }) => role === 'teacher').length : null,
  };
}

/**
 * Opens a submitted form again, in the caller's transaction, who knows that it may be. From then on mail carries its link
 * again: never to an address that is not the one it was submitted from, which may be anybody's.
 * @throws DomainError rater_readdressed
 */
export async function reopen(trx: Db, responseId: number): Promise<void> {
  if (!(await mayReopen(trx, responseId))) throw new DomainError('rater_readdressed');
  await queries.markStarted(trx, responseId);
}

/** Whether a submitted form may be opened again: not where the address changed since (`reopen`). */
export async function mayReopen(db: Db, responseId: number): Promise<boolean> {
  return !(await queries.wasReaddressed(db, responseId));
}

/** Whether a form that is open was submitted before: a trainer opened it again on request. */
export function wasReopened(db: Db, responseId: number): Promise<boolean> {
  return queries.wasReopened(db, responseId);
}

/** Whether the form was submitted before, and waits to be sent again because a trainer opened it on request. */
export async function waitsAgain(db: Db, form: Pick<Form, 'responseId' | 'writable'>): Promise<boolean> {
  return form.writable && (await queries.wasReopened(db, form.responseId));
}

/**
 * Submits the form: from now on it counts and cannot change. Submitting twice is harmless. A rater with an address is
 * mailed a receipt, without answers.
 * @param linkEnds the caller ends the present link if there is a receipt, which then brings the next one
 * @returns whether it was submitted now, and a receipt is to be mailed
 * @throws DomainError consent_missing, round_closed, nothing_answered
 */
export async function submit(
  db: Db,
  publicId: string,
  sessionToken: string | undefined,
  now = new Date(),
  linkEnds = false,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const form = await open(trx, publicId, sessionToken);
    if (form.status === 'submitted') return false;
    assertWritable(form);
    assertConsentAsked(form);
    // An empty form would count as somebody who answered, and open or close the teachers' panel for all.
    if (!(await queries.hasAnswer(trx, form.responseId))) throw new DomainError('nothing_answered');
    await queries.markSubmitted(trx, form.responseId, now.toISOString());
    return mailReceipt(trx, form.responseId, now, linkEnds);
  });
}

async function mailReceipt(trx: Db, responseId: number, at: Date, linkEnds: boolean): Promise<boolean> {
  const target = await queries.findReceiptTarget(trx, responseId);
  if (!target) return false;
  const { invitationId, personId, roundId } = target;
  const generation = target.generation + (linkEnds ? 1 : 0);
  const onceKey = `receipt:${invitationId}:${generation}:${at.toISOString()}`;
  // For this link only: one that comes with another address is mailed to nobody (decision 77).
  const about = { invitation: invitationId, generation: String(generation) };
  return outbox.enqueue(trx, { template: 'receipt', to: { personId }, about, roundId, onceKey }, at);
}

/**
 * Whether a response may still change, as the database has it now.
 * @throws DomainError link_unknown when the response is gone, or its invitation was withdrawn
 */
export async function statusOf(db: Db, responseId: number): Promise<Pick<Form, 'status' | 'roundStatus'>> {
  const status = await queries.findStatus(db, responseId);
  if (!status) throw new DomainError('link_unknown');
  return status;
}
