import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { formatMean, formatScore } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';

/**
 * Figures as every renderer gets them: rows, marks, a scale and texts, in the reader's language, without colours,
 * sizes or positions. They are plain JSON and hold what is shown and nothing else: values are rounded as the texts are.
 */

/** The five words of the scale, from 1 to 5. */
export type Scale = { min: 1; max: 5; labels: readonly string[] };

/** One view's place on the scale, or why it has none. `text` stands beside it in either case. */
export type Mark = { view: View; text: string } & ({ value: number } | { value: null; reason: Reason });

export type GapRow = {
  code: string;
  statement: string;
  /** One for each view of the figure, in their order. */
  marks: Mark[];
  /** From the lowest to the highest mark; null with fewer than two. */
  band: { from: number; to: number } | null;
  class: AspectClass;
  classWord: string;
  reading: Reading;
  readingWord: string;
};

/** A line an aspect, a mark a view, each view in its own of three lanes, sorted by the gap. */
export type GapFigure = {
  name: string;
  code: string;
  title: string;
  caption: string;
  scale: Scale;
  /** Those that the list asks: director, IB'er, teachers, a lane each. */
  views: View[];
  rows: GapRow[];
  /** Why some marks are missing: each word that stands in their place once, with what it means for whom. */
  notes: { word: string; texts: string[] }[];
};

export type TriptychRow = {
  code: string;
  title: string;
  marks: Mark[];
  class: CompetencyClass;
  classWord: string;
  /** Where a gap visibly differs from the scores beside it: over which aspects it is. */
  notes: string[];
};

/** A column a view that the list asks; `closed` views are withheld as a whole. */
type TriptychColumn = { view: View; label: string; count: string; closed: boolean };

/** Competencies × views. */
export type TriptychFigure = {
  name: string;
  caption: string;
  scale: Scale;
  columns: TriptychColumn[];
  rows: TriptychRow[];
};

/** One view's line: from an earlier round to this one, over the same aspects; null when they cannot be compared. */
export type RoundsLine = {
  view: View;
  /** What changed, in words. */
  words: string;
  isClear: boolean;
  /** `round` counts in the figure's rounds. */
  points: { round: number; value: number }[] | null;
  reason?: Reason;
};

export type RoundsPanel = { code: string; title: string; label: string; lines: RoundsLine[] };

/** A panel a competency, a line a view, rounds from left to right. */
export type RoundsFigure = { name: string; caption: string; scale: Scale; rounds: string[]; panels: RoundsPanel[] };

/** Score of one view as the figures of a report give it. */
export type ViewScore = { score: number | null; reason?: Reason };

/** The mark of an aspect's score. */
export function aspectMark(view: View, score: ViewScore, locale: Locale): Mark {
  return toMark(view, score, formatScore, (reason) => reasonWord(reason, locale), locale);
}

/** The mark of a competency's score; `why` tells what is missing. */
export function meanMark(view: View, score: ViewScore, why: (reason: Reason) => string, locale: Locale): Mark {
  return toMark(view, score, formatMean, why, locale);
}

function toMark(
  view: View,
  { score, reason = 'not_judged' }: ViewScore,
  format: (score: number, locale: Locale) => string,
  why: (reason: Reason) => string,
  locale: Locale,
): Mark {
  if (score === null) return { view, value: null, reason, text: why(reason) };
  return { view, value: roundForDisplay(score), text: format(score, locale) };
}
