import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { remembered } from './remembered.ts';

const CLASSES = {
  insufficient: m.report_class_insufficient,
  contested: m.report_class_others_differ,
  blind_spot: m.report_class_self_higher,
  hidden_strength: m.report_class_hidden_strength,
  shared_strength: m.report_class_shared_strength,
  shared_growth: m.report_class_shared_growth,
  in_agreement: m.report_class_same,
} satisfies Record<AspectClass, unknown>;

const READINGS = {
  check_meaning: m.report_reading_meaning,
  not_observed: m.report_reading_unseen,
  seen_differently: m.report_reading_differ,
  insufficient: m.report_reading_insufficient,
  shared_view: m.report_reading_shared,
} satisfies Record<Reading, unknown>;

const VIEW_WORDS = {
  director: m.report_view_director,
  ib: m.report_view_ib,
  teacher: m.report_view_teacher,
} satisfies Record<View, unknown>;

const COLUMNS = {
  director: m.report_column_director,
  ib: m.report_column_ib,
  teacher: m.report_column_teacher,
} satisfies Record<View, unknown>;

const PAIR_WORDS = {
  ib_director: m.report_pair_ib_director,
  ib_teacher: m.report_pair_ib_teacher,
  director_teacher: m.report_pair_director_teacher,
} satisfies Record<Pair, unknown>;

const BANDS = {
  clearly_higher: m.report_change_higher,
  clearly_lower: m.report_change_lower,
  no_clear_change: m.report_change_none,
} satisfies Record<ChangeBand, unknown>;

/**
 * Who gave the views: the IB'er by name (null when it is not known) and so many teachers; a sole one is "the teacher".
 * `reader`: whether the words are read by that IB'er, who is "you" in a sentence; left out, they are read by anybody.
 * `isTogether`: whether the list is about what director and IB'er do together, and no score is one's own; left out, it is not.
 */
export type People = { ib: string | null; teachers: number; reader?: Reader; isTogether?: boolean };

/** Who reads a sentence about the IB'er: the messages have a form for each. */
export type Reader = 'ib' | 'other';

/** The label of a class (measurement.md §4). The machine words are verdicts and stay off the screen. */
export const classWord = remembered((aspectClass: AspectClass, teachers: number, locale: Locale): string =>
  CLASSES[aspectClass]({ teachers }, { locale }),
);

/** The label of a reading (measurement.md §5). */
export function readingWord(reading: Reading, locale: Locale): string {
  return READINGS[reading]({}, { locale });
}

/** A view inside a list: "directeur", "IB'er", "leerkrachten". */
export const viewWord = remembered((view: View, teachers: number, locale: Locale): string =>
  VIEW_WORDS[view]({ teachers }, { locale }),
);

/** A view above a column: "Directeur", "IB'er zelf", "Leerkrachten". */
export const columnWord = remembered((view: View, teachers: number, locale: Locale): string =>
  COLUMNS[view]({ teachers }, { locale }),
);

/** A view as the subject of a sentence. */
export function subject(view: View, people: People, locale: Locale): string {
  if (view === 'director') return m.report_subject_director({}, { locale });
  if (view === 'teacher') return m.report_subject_teacher({ teachers: people.teachers }, { locale });
  return readerOf(people) === 'ib' ? m.report_you({}, { locale }) : nameOf(people, locale);
}

/** A view whose words they are: "volgens de directeur", "volgens jou". */
export function source(view: View, people: People, locale: Locale): string {
  if (view !== 'ib') return subject(view, people, locale);
  return m.report_according_ib({ ib: nameOf(people, locale), reader: readerOf(people) }, { locale });
}

/** The IB'er's name, or "the IB'er", for a message that has a form of its own for "you". */
export function nameOf({ ib }: People, locale: Locale): string {
  return ib ?? m.report_ib({}, { locale });
}

/** Who reads, as the messages want it. */
export function readerOf({ reader }: People): Reader {
  return reader ?? 'other';
}

/** What the scores are about, as the messages want it. */
export function scoresAbout({ isTogether = false }: People): 'together' | 'work' {
  return isTogether ? 'together' : 'work';
}

/** Two views that are compared: "IB'er − directeur". */
export const pairWord = remembered((pair: Pair, teachers: number, locale: Locale): string =>
  PAIR_WORDS[pair]({ teachers }, { locale }),
);

/** A change of one school: coarse words, never "significant" (measurement.md §7). */
export function bandWord(band: ChangeBand, locale: Locale): string {
  return BANDS[band]({}, { locale });
}

/** With a capital, to begin a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A word that heads a column, inside a sentence: without its capital, unless it begins with an abbreviation. */
export function inSentence(word: string): string {
  return /^\p{Lu}\p{Ll}/u.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word;
}

/** A title inside a sentence: between quotes, for many a title reads as a part of the sentence. */
export function quoted(title: string): string {
  return `‘${title}’`;
}
