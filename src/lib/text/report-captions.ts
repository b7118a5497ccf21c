import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatMean } from './numbers.ts';
import type { Locale } from './numbers.ts';
import { nameOf, quoted, readerOf, subject } from './report-words.ts';
import type { People } from './report-words.ts';

/** How many aspects have each reading. */
export type ReadingCounts = Readonly<Record<Reading, number>>;

/** The two views that are furthest apart on one aspect or competency; `high` and `low` are scores, 1–5. */
export type Furthest = { title: string; high: { view: View; score: number }; low: { view: View; score: number } };

/**
 * The sentence above the triptych: where the views are alike, and where they are furthest apart. Only with the level: the
 * scores that it names are as they were given, and say nothing of a difference without.
 */
export function triptychCaption(
  classes: readonly CompetencyClass[],
  { furthest, level }: { furthest: Furthest | null; level: ShownLevel },
  people: People,
  locale: Locale,
): string {
  const compared = classes.filter((one) => one !== 'insufficient').length;
  if (compared === 0) return m.report_open_nothing({}, { locale });
  const sentences: string[] = [alikeSentence(classes, level, locale)];
  if (furthest && level === 'with') {
    const { high, low } = furthest;
    const names = {
      title: quoted(furthest.title),
      first: subject(high.view, people, locale),
      firstScore: formatMean(high.score, locale),
      second: subject(low.view, people, locale),
      secondScore: formatMean(low.score, locale),
    };
    sentences.push(m.report_triptych_largest(names, { locale }));
  }
  return sentences.join(' ');
}

function alikeSentence(classes: readonly CompetencyClass[], level: ShownLevel, locale: Locale): string {
  const same = classes.filter((one) => one === 'in_agreement').length;
  const total = classes.length;
  if (same === 0) return m.report_triptych_same_none({ total, level }, { locale });
  if (same === total) return m.report_triptych_same_all({ total, level }, { locale });
  return m.report_triptych_same({ same, total, level }, { locale });
}

/**
 * The sentences above a gap chart: what is alike, what differs, and the largest difference in the words of the scale
 * (measurement.md §4), with the level only, as above the triptych. That some of it is chance is said once, above the
 * charts. `labels` are the five words, from 1 up.
 */
export function gapCaption(
  counts: ReadingCounts,
  { furthest, level }: { furthest: Furthest | null; level: ShownLevel },
  labels: readonly string[],
  people: People,
  locale: Locale,
): string {
  const total = totalOf(counts);
  if (counts.insufficient === total) return m.report_gaps_nothing({ total, level }, { locale });
  const { shared_view: shared, seen_differently: differ } = counts;
  const isSaid = shared + differ > 0;
  const sentences: string[] = [
    isSaid
      ? m.report_gaps_counts({ total, shared, differ, level }, { locale })
      : m.report_gaps_undecided({ total }, { locale }),
  ];
  if (counts.check_meaning > 0) sentences.push(m.report_gaps_meaning({ count: counts.check_meaning }, { locale }));
  if (counts.not_observed > 0) sentences.push(m.report_gaps_unseen({ count: counts.not_observed }, { locale }));
  if (counts.insufficient > 0) sentences.push(m.report_gaps_insufficient({ count: counts.insufficient }, { locale }));
  const largest = furthest && differ > 0 && level === 'with' && largestSentence(furthest, labels, people, locale);
  if (largest) sentences.push(largest);
  return sentences.join(' ');
}

/** The sentences above the four readings (measurement.md §5). */
export function readingsCaption(counts: ReadingCounts, level: ShownLevel, locale: Locale): string {
  const { check_meaning: meaning, not_observed: unseen, seen_differently: differ, insufficient } = counts;
  const sentences: string[] = [
    m.report_readings_caption({ total: totalOf(counts), meaning, unseen, differ, level }, { locale }),
  ];
  if (insufficient > 0) sentences.push(m.report_readings_left({ count: insufficient }, { locale }));
  return sentences.join(' ');
}

function totalOf(counts: ReadingCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function largestSentence(furthest: Furthest, labels: readonly string[], people: People, locale: Locale): string | null {
  const sides = saidByBoth(furthest, labels, people, locale);
  return sides && m.report_gaps_largest({ statement: furthest.title.replace(/\.$/, ''), ...sides }, { locale });
}

/** Who says what, in the words of the scale; null when both sides would say the same word. */
export function saidByBoth(
  { high, low }: Pick<Furthest, 'high' | 'low'>,
  labels: readonly string[],
  people: People,
  locale: Locale,
): { high: string; highWord: string; low: string; lowWord: string } | null {
  const word = (score: number) => labels[Math.round(score) - 1] ?? '';
  const [highWord, lowWord] = [word(high.score), word(low.score)];
  if (highWord === lowWord) return null;
  return { high: sayer(high.view, people, locale), highWord, low: sayer(low.view, people, locale), lowWord };
}

/** Whose word it is, always one side: "de leerkrachten samen". */
function sayer(view: View, people: People, locale: Locale): string {
  if (view === 'ib') return m.report_says_ib({ ib: nameOf(people, locale), reader: readerOf(people) }, { locale });
  if (view === 'teacher') return m.report_gaps_say_teacher({ teachers: people.teachers }, { locale });
  return subject(view, people, locale);
}
