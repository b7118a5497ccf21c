import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { gapCaption } from '#lib/text/report-captions.ts';
import type { Furthest, ReadingCounts } from '#lib/text/report-captions.ts';
import { aspectReason, reasonWord } from '#lib/text/report-reasons.ts';
import { classWord, readingWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';
import { aspectMark } from './figure.ts';
import type { GapFigure, GapRow, Scale, ViewScore } from './figure.ts';

/** An aspect as the report's figures give it, with its statement; `size` of its largest difference, null without. */
export type GapAspect = {
  code: string;
  statement: string;
  class: AspectClass;
  reading: Reading;
  views: Readonly<Record<View, ViewScore>>;
  size: number | null;
};

type GapFacts = {
  code: string;
  title: string;
  scale: Scale;
  level: ShownLevel;
  /** The views that the list asks. */
  asked: readonly View[];
  aspects: readonly GapAspect[];
  /** People of each view who submitted. */
  answered: Readonly<Record<View, number>>;
  people: People;
};

/** The gap chart of one competency, largest gap first (DESIGN: chart rules). */
export function gapFigure(
  { code, title, scale, level, asked, aspects, answered, people }: GapFacts,
  locale: Locale,
): GapFigure {
  const sorted = aspects.toSorted((a, b) => (b.size ?? -1) - (a.size ?? -1));
  const rows = sorted.map((aspect) => gapRow(aspect, asked, people.teachers, locale));
  const [widest] = sorted;
  const told = { furthest: widest ? furthestOf(widest) : null, level };
  const caption = gapCaption(countReadings(aspects), told, scale.labels, people, locale);
  return {
    name: `gaps-${code}`,
    code,
    title,
    caption,
    scale,
    views: [...asked],
    rows,
    notes: notesOf(rows, answered, locale),
  };
}

/** How many aspects have each reading. */
export function countReadings(aspects: readonly { reading: Reading }[]): ReadingCounts {
  const counts = { check_meaning: 0, not_observed: 0, seen_differently: 0, insufficient: 0, shared_view: 0 };
  for (const { reading } of aspects) counts[reading] += 1;
  return counts;
}

function gapRow(
  { code, statement, views, class: aspectClass, reading }: GapAspect,
  asked: readonly View[],
  teachers: number,
  locale: Locale,
): GapRow {
  const marks = asked.map((view) => aspectMark(view, views[view], locale));
  const values = marks.map(({ value }) => value).filter((value) => value !== null);
  const band = values.length < 2 ? null : { from: Math.min(...values), to: Math.max(...values) };
  return {
    ...{ code, statement, marks, band },
    ...{ class: aspectClass, classWord: classWord(aspectClass, teachers, locale) },
    ...{ reading, readingWord: readingWord(reading, locale) },
  };
}

/** The two views that are furthest apart on an aspect; null with fewer than two. */
export function furthestOf({ statement, views }: Pick<GapAspect, 'statement' | 'views'>): Furthest | null {
  const scores = VIEWS.flatMap((view) => {
    const { score } = views[view];
    return score === null ? [] : { view, score };
  }).toSorted((a, b) => b.score - a.score);
  const [high, low] = [scores.at(0), scores.at(-1)];
  return high && low && high !== low ? { title: statement, high, low } : null;
}

/** What each word in the place of a mark means, in the order of the views: a sentence a view where it names the view. */
function notesOf(
  rows: readonly GapRow[],
  answered: Readonly<Record<View, number>>,
  locale: Locale,
): GapFigure['notes'] {
  const notes = new Map<string, Set<string>>();
  for (const view of VIEWS) {
    for (const mark of rows.flatMap((row) => row.marks)) {
      if (mark.view !== view || mark.value !== null) continue;
      const word = reasonWord(mark.reason, locale);
      const text = aspectReason(mark.reason, { view, answered: answered[view] }, locale);
      notes.set(word, (notes.get(word) ?? new Set()).add(text));
    }
  }
  return [...notes].map(([word, texts]) => ({ word, texts: [...texts] }));
}
