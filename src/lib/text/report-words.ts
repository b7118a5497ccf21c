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

/** Who gave the views: the IB'er by name (null when it is not known) and so many teachers; a sole one is "the teacher". */
export type People = { ib: string | null; teachers: number };

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
export function subject(view: View, { ib, teachers }: People, locale: Locale): string {
  if (view === 'director') return m.report_subject_director({}, { locale });
  if (view === 'teacher') return m.report_subject_teacher({ teachers }, { locale });
  return ib ?? m.report_ib({}, { locale });
}

/** Two views that are compared: "IB'er − directeur". */
export function pairWord(pair: Pair, teachers: number, locale: Locale): string {
  return PAIR_WORDS[pair]({ teachers }, { locale });
}

/** A change of one school: coarse words, never "significant" (measurement.md §7). */
export function bandWord(band: ChangeBand, locale: Locale): string {
  return BANDS[band]({}, { locale });
}

/** With a capital, to begin a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title inside a sentence: without its capital, unless it begins with an abbreviation. */
export function inSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
