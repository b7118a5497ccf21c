import { DomainError } from '#lib/errors.ts';
import type { StoredAnswer, StoredScale } from '#lib/form/answer.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import * as actionPlans from '#lib/server/action-plans/kept-service.ts';
import * as answers from '#lib/server/answers/service.ts';
import * as attendance from '#lib/server/attendance/kept-service.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as handIns from '#lib/server/hand-ins/kept-service.ts';
import * as registrations from '#lib/server/registrations/kept-service.ts';
import * as responses from '#lib/server/responses/service.ts';
import * as usefulness from '#lib/server/usefulness/kept-service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import * as queries from './queries.ts';

export { isInLogOf } from './queries.ts';
export { sheetsOf } from './tables.ts';

/**
 * Everything that is kept of one person, for that person (GDPR art. 15 and 20). Others' answers, remarks and scores are in
 * nobody's file: what an IB'er may see of those is in the report.
 */
export type PersonalData = {
  /** Null for an account that is in no team. */
  person: Omit<queries.PersonRow, 'id'> | null;
  /** Null for who has no account. How it is guarded is no part: nobody can read a password back. */
  account: (Omit<queries.AccountRow, 'id'> & { roles: queries.RoleRow[]; sessions: queries.SessionRow[] }) | null;
  places: queries.PlaceRow[];
  forms: OwnForm[];
  confirmations: queries.ConfirmationRow[];
  /** What the account wrote for a steering group. */
  programmeNotes: queries.ProgrammeNoteRow[];
  /** At which sessions somebody was, and what somebody answered on how useful they were. */
  attendance: attendance.OwnAttendanceRow[];
  usefulness: usefulness.OwnAnswerRow[];
  /** What somebody wrote for oneself, shared or not. */
  actionPlans: actionPlans.OwnPlanRow[];
  /** What somebody handed in and the feedback on it; a file by its name, for it is handed over as it is (`ownFiles`). */
  handIns: handIns.OwnHandInRow[];
  /** In which registrations of schools somebody stands. */
  registrations: registrations.OwnRegistrationRow[];
  mails: queries.MailRow[];
  log: queries.LogRow[];
};

/** What a personal link fetches: the form that it opens and whose it is, and it says that there may be more. */
export type FormData = { covers: 'this form only' } & Pick<PersonalData, 'person' | 'forms'>;

type OwnForm = Omit<queries.FormRow, 'responseId' | 'roundId' | 'instrumentVersionId' | 'consent'> & {
  /** Null: not asked, or not answered. */
  consent: boolean | null;
  /** In the order of the list, only what was answered. Scores are 1–5, null without a score. */
  answers: (Told<StoredAnswer> & { code: string; statement: string })[];
  /** The scale questions, 0–10; `then` looks back. `name` is that of the competency. */
  scales: (Told<StoredScale> & { competency: string; name: string; moment: 'now' | 'then' })[];
};

/** As it is stored, its time in ISO 8601 as all others in the file. */
type Told<T extends { changedAt: number }> = Omit<T, 'changedAt'> & { changedAt: string };

/** The data of whoever is signed in. Written to the log. */
export function own(db: Db, actor: UserActor, locale: Locale): Promise<PersonalData> {
  const { personId, userId } = actor;
  return logged(db, actor, { type: 'user', id: userId }, (trx) => collect(trx, { personId, userId }, locale));
}

/**
 * What is kept of a rater and of this one form: a personal link opens its own form and no other (docs/decisions.md). Written
 * to the log.
 */
export async function ofForm(db: Db, form: responses.Form, locale: Locale): Promise<FormData> {
  const { personId, invitationId } = await queries.personOfInvitation(db, form.responseId);
  return logged(db, { kind: 'visitor' }, { type: 'invitation', id: invitationId }, async (trx) => ({
    covers: 'this form only' as const,
    person: await personOf(trx, personId),
    forms: await formsOf(trx, personId, locale, invitationId),
  }));
}

/**
 * The data of whoever has this address, for the controller to hand over where somebody can no longer reach it. Written to
 * the log.
 * @throws DomainError forbidden, not_found
 */
export async function ofAddress(db: Db, actor: Actor, email: string, locale: Locale): Promise<PersonalData> {
  if (!may(actor, 'export_responses')) throw new DomainError('forbidden');
  const address = accounts.normalizeEmail(email);
  const whose = await queries.findByAddress(db, address);
  // Somebody who waits for a place is nobody else's yet, and has no id that the log could name.
  const waits = (await registrations.ownRegistrations(db, { personId: null, email: address })).length > 0;
  const object = objectOf(whose) ?? (waits ? { type: 'database' as const, id: '-' } : null);
  if (object === null) throw new DomainError('not_found');
  return logged(db, actor, object, (trx) => collect(trx, whose, locale, address));
}

/** The files that whoever is signed in handed in, which go beside the rest as they are. */
export async function ownFiles(db: Db, { personId }: UserActor): Promise<handIns.OwnFileRow[]> {
  return personId === null ? [] : handIns.ownFiles(db, personId);
}

/**
 * What is in the files of whoever has this address, one after another, beside the data that `ofAddress` gave and wrote to the
 * log; `name` is one that every system takes.
 * @throws DomainError forbidden
 */
export async function* filesOfAddress(
  db: Db,
  actor: Actor,
  email: string,
): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  if (!may(actor, 'export_responses')) throw new DomainError('forbidden');
  const { personId } = await queries.findByAddress(db, accounts.normalizeEmail(email));
  if (personId !== null) yield* handIns.ownFileBytes(db, personId);
}

/** The names of those files, and nothing of what is in them: no line in the log. @throws DomainError forbidden */
export async function fileNamesOfAddress(db: Db, actor: Actor, email: string): Promise<string[]> {
  if (!may(actor, 'export_responses')) throw new DomainError('forbidden');
  const { personId } = await queries.findByAddress(db, accounts.normalizeEmail(email));
  return personId === null ? [] : handIns.ownFileNames(db, personId);
}

function objectOf({ personId, userId }: queries.Whose): audit.AuditObject | null {
  if (personId !== null) return { type: 'person', id: personId };
  return userId === null ? null : { type: 'user', id: userId };
}

/** The file is read as it was when the line was written. */
function logged<T>(
  db: Db,
  actor: audit.AuditActor,
  object: audit.AuditObject,
  work: (trx: Db) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await audit.record(trx, actor, 'personal_data.downloaded', object);
    return work(trx);
  });
}

async function collect(db: Db, whose: queries.Whose, locale: Locale, address?: string): Promise<PersonalData> {
  const { personId, userId } = whose;
  const person = personId === null ? null : await personOf(db, personId);
  const account = userId === null ? null : await accountOf(db, userId);
  const email = address ?? person?.email ?? account?.email ?? null;
  return {
    ...{ person, account },
    places: personId === null ? [] : await queries.listPlaces(db, personId),
    forms: personId === null ? [] : await formsOf(db, personId, locale),
    confirmations: personId === null ? [] : await queries.listConfirmations(db, personId),
    programmeNotes: userId === null ? [] : await queries.listProgrammeNotes(db, userId),
    attendance: personId === null ? [] : await attendance.ownAttendance(db, personId),
    usefulness: personId === null ? [] : await usefulness.ownAnswers(db, personId),
    actionPlans: personId === null ? [] : await actionPlans.ownPlans(db, personId),
    handIns: personId === null ? [] : await handIns.ownHandIns(db, personId),
    registrations: await registrations.ownRegistrations(db, { personId, email }),
    mails: await queries.listMails(db, whose, email),
    log: await queries.listLog(db, whose),
  };
}

async function personOf(db: Db, id: string): Promise<PersonalData['person']> {
  const row = await queries.findPerson(db, id);
  if (!row) return null;
  const { name, email, language, createdAt } = row;
  return { name, email, language, createdAt };
}

async function accountOf(db: Db, id: string): Promise<PersonalData['account']> {
  const row = await queries.findAccount(db, id);
  if (!row) return null;
  const { name, email, language, createdAt } = row;
  const roles = await queries.listRoles(db, id);
  return { name, email, language, createdAt, roles, sessions: await queries.listSessions(db, id) };
}

async function formsOf(db: Db, personId: string, locale: Locale, invitationId?: string): Promise<OwnForm[]> {
  const forms: OwnForm[] = [];
  for (const { responseId, roundId, instrumentVersionId, consent, ...form } of await queries.listForms(
    db,
    personId,
    invitationId,
  )) {
    const given =
      responseId === null || instrumentVersionId === null
        ? { answers: [], scales: [] }
        : await givenIn(
            db,
            { responseId, roundId, instrumentVersionId },
            { wording: form.role === 'ib' ? 'self' : 'other', locale },
          );
    forms.push({ ...form, consent: consent === null ? null : consent === 1, ...given });
  }
  return forms;
}

type Given = Pick<OwnForm, 'answers' | 'scales'>;

async function givenIn(
  db: Db,
  form: Pick<responses.Form, 'responseId' | 'roundId' | 'instrumentVersionId'>,
  { wording, locale }: { wording: 'self' | 'other'; locale: Locale },
): Promise<Given> {
  const { instrument } = await responses.instrumentOf(db, form);
  const { aspects, now, then } = await answers.load(db, form);
  const moments = { now, then };
  return {
    answers: aspectsOf(instrument).flatMap((aspect) => {
      const answer = aspects[aspect.code];
      return answer === undefined ? [] : { code: aspect.code, statement: aspect[wording][locale], ...told(answer) };
    }),
    scales: (['now', 'then'] as const).flatMap((moment) =>
      Object.entries(moments[moment]).map(([code, scale]) => {
        const name = instrument.competencies.find((each) => each.code === code)?.title[locale] ?? code;
        return { competency: code, name, moment, ...told(scale) };
      }),
    ),
  };
}

function told<T extends { changedAt: number }>(stored: T): Told<T> {
  return { ...stored, changedAt: new Date(stored.changedAt).toISOString() };
}

function aspectsOf({ competencies }: Instrument) {
  return competencies.flatMap(({ clusters }) => clusters.flatMap(({ aspects }) => aspects));
}
