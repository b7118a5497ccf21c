import type { Db } from '#lib/server/db/open.ts';
import { onceKeyOf } from './once-key.ts';

/** What is kept of people in sessions: taken away where somebody is erased or a cohort is cleared. */

type Whose = { personId: string } | { cohortId: string };

function linksOf(db: Db, whose: Whose) {
  const links = db
    .selectFrom('usefulness_link')
    .innerJoin('training_session', 'training_session.id', 'usefulness_link.session_id');
  return 'personId' in whose
    ? links.where('usefulness_link.person_id', '=', whose.personId)
    : links.where('training_session.cohort_id', '=', whose.cohortId);
}

/**
 * Takes away what these people wrote, and what of their answers was never shown. A number that was shown stays among the
 * others without anybody's link, as pooled answers of teachers do: taking it out would show whose it was.
 */
export async function forgetAnswers(db: Db, whose: Whose): Promise<void> {
  const ids = linksOf(db, whose).select('usefulness_link.id');
  await db.deleteFrom('usefulness_answer').where('link_id', 'in', ids).where('shown_value', 'is', null).execute();
  await db
    .updateTable('usefulness_answer')
    .set((eb) => ({
      ...{ useful: '', more: '', shown_useful: '', shown_more: '', entry_hash: null },
      value: eb.fn.coalesce('shown_value', 'value'),
    }))
    .where('link_id', 'in', ids)
    .execute();
}

/** Shows no words any more of the sessions about which somebody was asked; numbers stay. */
export async function withholdTexts(db: Db, personId: string): Promise<void> {
  const sessions = linksOf(db, { personId }).select('usefulness_link.session_id');
  await db.updateTable('usefulness_question').set({ texts_withheld: 1 }).where('session_id', 'in', sessions).execute();
}

/** Deletes mail that carries these links, and the links with their sessions; answers that are left hang on none. */
export async function deleteLinks(db: Db, whose: Whose): Promise<void> {
  const rows = await linksOf(db, whose).select('usefulness_link.id').execute();
  for (const { id } of rows) {
    await db.deleteFrom('mail').where('once_key', '=', onceKeyOf(id)).execute();
    await db.deleteFrom('usefulness_link').where('id', '=', id).execute();
  }
}

export type OwnAnswerRow = {
  cohort: string;
  session: string;
  startsAt: string;
  value: number;
  useful: string;
  more: string;
  at: string;
};

/** What somebody answered, for that person. */
export function listOwnAnswers(db: Db, personId: string): Promise<OwnAnswerRow[]> {
  return db
    .selectFrom('usefulness_answer')
    .innerJoin('usefulness_link', 'usefulness_link.id', 'usefulness_answer.link_id')
    .innerJoin('training_session', 'training_session.id', 'usefulness_answer.session_id')
    .innerJoin('cohort', 'cohort.id', 'training_session.cohort_id')
    .select(['cohort.name as cohort', 'training_session.title as session', 'training_session.starts_at as startsAt'])
    .select(['usefulness_answer.value', 'usefulness_answer.useful', 'usefulness_answer.more'])
    .select('usefulness_answer.changed_at as at')
    .where('usefulness_link.person_id', '=', personId)
    .orderBy('training_session.starts_at')
    .execute();
}
