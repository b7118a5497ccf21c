import type { NoteLine } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Note } from '#lib/server/programmes/notes-service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';

/** The notes of a steering group as its page shows them; `isOwn` those of this reader. */
export function toNotes(notes: readonly Note[], readerId: string, locale: Locale): NoteLine[] {
  return notes.map(({ id, kind, text, author, authorId, createdAt, changedAt }) => {
    const [day, changed] = [dayText(createdAt, locale), dayText(changedAt, locale)];
    const by =
      author === null
        ? m.programme_note_by_nobody({ day }, { locale })
        : m.programme_note_by({ author, day }, { locale });
    return {
      ...{ id, text, isOwn: authorId === readerId },
      kind: kind === 'decision' ? m.programme_note_decision({}, { locale }) : m.programme_note_comment({}, { locale }),
      by: changed === day ? by : `${by}, ${m.programme_note_changed({ day: changed }, { locale })}`,
    };
  });
}
