import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import { onceKeyOf } from './once-key.ts';

/** A session about which participants are asked how useful it was. */
export type QuestionRow = { sessionId: string; askedAt: string; closesAt: string; closedAt: string | null };

/** With whether its words are shown no more, since somebody who was asked is erased. */
export async function findQuestion(
  db: Db,
  sessionId: string,
): Promise<(QuestionRow & { textsWithheld: boolean }) | undefined> {
  const row = await db
    .selectFrom('usefulness_question')
    .select(['session_id as sessionId', 'asked_at as askedAt', 'closes_at as closesAt', 'closed_at as closedAt'])
    .select('texts_withheld as textsWithheld')
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row && { ...row, textsWithheld: row.textsWithheld === 1 };
}

export async function insertQuestion(db: Db, { sessionId, askedAt, closesAt }: QuestionRow): Promise<void> {
  await db
    .insertInto('usefulness_question')
    .values({ session_id: sessionId, asked_at: askedAt, closes_at: closesAt, closed_at: null })
    .execute();
}

export async function closeQuestion(db: Db, sessionId: string, at: string): Promise<void> {
  await db.updateTable('usefulness_question').set({ closed_at: at }).where('session_id', '=', sessionId).execute();
}

/** `fault`: why the mail with it did not arrive (text/mail-faults.ts); null where it did, waits or never was. */
export type LinkRow = { id: string; personId: string; name: string | null; email: string | null; fault: string | null };

/** Everybody who was asked about a session, by name. */
export function listLinks(db: Db, sessionId: string): Promise<LinkRow[]> {
  return db
    .selectFrom('usefulness_link')
    .innerJoin('person', 'person.id', 'usefulness_link.person_id')
    .leftJoin('mail', (join) =>
      // Dropped with a fault: it failed, and the address was mended since.
      join
        .onRef('mail.once_key', '=', sql`${onceKeyOf('')} || usefulness_link.id`)
        .on('mail.status', 'in', ['failed', 'dropped']),
    )
    .select(['usefulness_link.id', 'person.id as personId', 'person.name', 'person.email', 'mail.fault'])
    .where('usefulness_link.session_id', '=', sessionId)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
}

/** How many who were at a session have no link to its question. */
export async function countUnasked(db: Db, sessionId: string): Promise<number> {
  const { count } = await db
    .selectFrom('attendance')
    .leftJoin('usefulness_link', (join) =>
      join
        .onRef('usefulness_link.session_id', '=', 'attendance.session_id')
        .onRef('usefulness_link.person_id', '=', 'attendance.person_id'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('attendance.session_id', '=', sessionId)
    .where('attendance.presence', '=', 'present')
    .where('usefulness_link.id', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

export async function insertLink(
  db: Db,
  link: { id: string; sessionId: string; personId: string; tokenHash: string; createdAt: string },
): Promise<void> {
  await db
    .insertInto('usefulness_link')
    .values({
      id: link.id,
      session_id: link.sessionId,
      person_id: link.personId,
      token_hash: link.tokenHash,
      created_at: link.createdAt,
    })
    .execute();
}

export async function setTokenHash(db: Db, id: string, tokenHash: string): Promise<void> {
  await db.updateTable('usefulness_link').set({ token_hash: tokenHash }).where('id', '=', id).execute();
}

/** What a link asks, of whom and about what. */
export type AskedRow = {
  linkId: string;
  sessionId: string;
  cohortId: string;
  cohortName: string;
  title: string;
  startsAt: string;
  endsAt: string;
  personId: string;
  personName: string | null;
  closesAt: string;
  closedAt: string | null;
};

/** Links to people who were there and whose session was not cancelled: whoever was put on absent since is not asked. */
function asked(db: Db) {
  return db
    .selectFrom('usefulness_link')
    .innerJoin('usefulness_question', 'usefulness_question.session_id', 'usefulness_link.session_id')
    .innerJoin('training_session', 'training_session.id', 'usefulness_link.session_id')
    .innerJoin('cohort', 'cohort.id', 'training_session.cohort_id')
    .innerJoin('person', 'person.id', 'usefulness_link.person_id')
    .innerJoin('attendance', (join) =>
      join
        .onRef('attendance.session_id', '=', 'usefulness_link.session_id')
        .onRef('attendance.person_id', '=', 'usefulness_link.person_id'),
    )
    .select(['usefulness_link.id as linkId', 'training_session.id as sessionId', 'training_session.title'])
    .select(['training_session.starts_at as startsAt', 'training_session.ends_at as endsAt'])
    .select(['cohort.id as cohortId', 'cohort.name as cohortName'])
    .select(['person.id as personId', 'person.name as personName'])
    .select(['usefulness_question.closes_at as closesAt', 'usefulness_question.closed_at as closedAt'])
    .where('attendance.presence', '=', 'present')
    .where('training_session.cancelled_at', 'is', null);
}

export function findByTokenHash(db: Db, tokenHash: string): Promise<AskedRow | undefined> {
  return asked(db).where('usefulness_link.token_hash', '=', tokenHash).executeTakeFirst();
}

export function findAsked(db: Db, linkId: string): Promise<AskedRow | undefined> {
  return asked(db).where('usefulness_link.id', '=', linkId).executeTakeFirst();
}

/** What a session of a browser may answer. */
export function findEntered(db: Db, linkId: string, entryHash: string, now: string): Promise<AskedRow | undefined> {
  return asked(db)
    .innerJoin('usefulness_entry', 'usefulness_entry.link_id', 'usefulness_link.id')
    .where('usefulness_link.id', '=', linkId)
    .where('usefulness_entry.token_hash', '=', entryHash)
    .where('usefulness_entry.expires_at', '>', now)
    .executeTakeFirst();
}

export async function insertEntry(
  db: Db,
  entry: { tokenHash: string; linkId: string; createdAt: string; expiresAt: string },
): Promise<void> {
  await db
    .insertInto('usefulness_entry')
    .values({
      token_hash: entry.tokenHash,
      link_id: entry.linkId,
      created_at: entry.createdAt,
      expires_at: entry.expiresAt,
    })
    .execute();
}

export async function deleteEntry(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('usefulness_entry').where('token_hash', '=', tokenHash).execute();
}

/** An answer in its words; both texts may be empty. */
export type Answer = { value: number; useful: string; more: string };

/** What this very session answered; undefined where another one did, or none. */
export function findOwnAnswer(db: Db, linkId: string, entryHash: string): Promise<Answer | undefined> {
  return db
    .selectFrom('usefulness_answer')
    .select(['value', 'useful', 'more'])
    .where('link_id', '=', linkId)
    .where('entry_hash', '=', entryHash)
    .executeTakeFirst();
}

/** Whether an answer was given by a link, in whichever session. */
export async function hasAnswer(db: Db, linkId: string): Promise<boolean> {
  const row = await db.selectFrom('usefulness_answer').select('id').where('link_id', '=', linkId).executeTakeFirst();
  return row !== undefined;
}

/** Stores an answer in the place of an earlier one through the same link. What is shown of that stays. */
export async function putAnswer(
  db: Db,
  {
    sessionId,
    linkId,
    entryHash,
    value,
    useful,
    more,
    at,
  }: Answer & Record<'sessionId' | 'linkId' | 'entryHash' | 'at', string>,
): Promise<void> {
  await db
    .insertInto('usefulness_answer')
    .values({ session_id: sessionId, link_id: linkId, entry_hash: entryHash, value, useful, more, changed_at: at })
    .onConflict((conflict) =>
      conflict.column('link_id').doUpdateSet((eb) => ({
        entry_hash: eb.ref('excluded.entry_hash'),
        value: eb.ref('excluded.value'),
        useful: eb.ref('excluded.useful'),
        more: eb.ref('excluded.more'),
        changed_at: eb.ref('excluded.changed_at'),
      })),
    )
    .execute();
}

/** What is shown of an answer, and whether it is still what was answered. Nothing of it says whose it is. */
export type ShownRow = {
  sessionId: string;
  /** Null: nothing of it is shown yet. */
  value: number | null;
  useful: string | null;
  more: string | null;
  isFresh: boolean;
  /** Whether the link by which it was given is gone. */
  isLost: boolean;
};

/** The answers about these sessions as far as they are shown, in no order. */
export async function listShown(db: Db, of: { sessionId: string } | { cohortId: string }): Promise<ShownRow[]> {
  const rows = await db
    .selectFrom('usefulness_answer')
    .innerJoin('training_session', 'training_session.id', 'usefulness_answer.session_id')
    .select(['usefulness_answer.session_id as sessionId', 'usefulness_answer.shown_value as shownValue'])
    .select(['usefulness_answer.shown_useful as shownUseful', 'usefulness_answer.shown_more as shownMore'])
    .select(['usefulness_answer.value', 'usefulness_answer.useful', 'usefulness_answer.more', 'link_id as linkId'])
    .$if('sessionId' in of, (query) => query.where('training_session.id', '=', 'sessionId' in of ? of.sessionId : ''))
    .$if('cohortId' in of, (query) =>
      query.where('training_session.cohort_id', '=', 'cohortId' in of ? of.cohortId : ''),
    )
    .execute();
  return rows.map(({ sessionId, shownValue, shownUseful, shownMore, value, useful, more, linkId }) => ({
    ...{ sessionId, value: shownValue, useful: shownUseful, more: shownMore },
    isFresh: value !== shownValue || useful !== shownUseful || more !== shownMore,
    isLost: linkId === null,
  }));
}

/** Shows every answer about a session as it is now. */
export async function showAll(db: Db, sessionId: string): Promise<void> {
  await db
    .updateTable('usefulness_answer')
    .set((eb) => ({ shown_value: eb.ref('value'), shown_useful: eb.ref('useful'), shown_more: eb.ref('more') }))
    .where('session_id', '=', sessionId)
    .execute();
}
