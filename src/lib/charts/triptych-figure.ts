import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { PAIRS, PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatDifference } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { answeredCount, isNotAsked } from '#lib/text/report-answered.ts';
import type { Answered } from '#lib/text/report-answered.ts';
import { triptychCaption } from '#lib/text/report-captions.ts';
import type { Furthest } from '#lib/text/report-captions.ts';
import { isClosed, scoreReason } from '#lib/text/report-reasons.ts';
import { classWord, columnWord, pairWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';
import { meanMark } from './figure.ts';
import type { Scale, TriptychFigure, TriptychRow, ViewScore } from './figure.ts';

/** A gap as the report's figures give it: first minus second view over `common` aspects. */
export type PairGap = { gap: number | null; common: number; reason?: Reason };

/** A competency as the report's figures and facts give it; `aspects` counts them, `needed` of them for a score. */
export type TriptychCompetency = {
  code: string;
  title: string;
  aspects: number;
  needed: number;
  class: CompetencyClass;
  views: Readonly<Record<View, ViewScore & { judged: number }>>;
  gaps: Readonly<Record<Pair, PairGap>>;
  /** Gaps that visibly differ from the difference of the two scores (measurement.md §3). */
  gapNotes: readonly Pair[];
};

type TriptychFacts = {
  scale: Scale;
  level: ShownLevel;
  views: Readonly<Record<View, Answered>>;
  competencies: readonly TriptychCompetency[];
  people: People;
};

/** Competencies × the views that the list asks: the figure that the report opens with. */
export function triptychFigure(
  { scale, level, views, competencies, people }: TriptychFacts,
  locale: Locale,
): TriptychFigure {
  const classes = competencies.map((one) => one.class);
  const asked = VIEWS.filter((view) => !isNotAsked(views[view]));
  return {
    name: 'triptych',
    caption: triptychCaption(classes, { furthest: furthestOf(competencies), level }, people, locale),
    scale,
    columns: asked.map((view) => ({
      view,
      label: columnWord(view, people.teachers, locale),
      count: answeredCount(view, views[view], locale),
      closed: isClosed(views[view].closed ?? undefined),
    })),
    rows: competencies.map((competency) => triptychRow(competency, { views, asked }, people.teachers, locale)),
  };
}

function triptychRow(
  { code, title, aspects, needed, class: competencyClass, views, gaps, gapNotes }: TriptychCompetency,
  { views: raters, asked }: { views: TriptychFacts['views']; asked: readonly View[] },
  teachers: number,
  locale: Locale,
): TriptychRow {
  const marks = asked.map((view) => {
    const missing = { view, answered: raters[view].answered, judged: views[view].judged, aspects, needed };
    return meanMark(view, views[view], (reason) => scoreReason(reason, missing, locale), locale);
  });
  const notes = gapNotes.flatMap((pair) => {
    const { gap, common } = gaps[pair];
    if (gap === null) return [];
    const words = { pair: pairWord(pair, teachers, locale), gap: formatDifference(gap, locale), common };
    return [m.report_gap_note(words, { locale })];
  });
  return { code, title, marks, class: competencyClass, classWord: classWord(competencyClass, teachers, locale), notes };
}

/**
 * Where two scores stand furthest apart, as the figure shows them. Null where these are too alike to call it a difference
 * or cannot be compared: then naming another pair as the largest would contradict what is seen.
 */
function furthestOf(competencies: readonly TriptychCompetency[]): Furthest | null {
  const [widest] = competencies.flatMap(shownPairs).toSorted((a, b) => b.apart - a.apart || b.size - a.size);
  return widest && widest.isDifference ? widest : null;
}

type ShownPair = Furthest & {
  /** Scale points between the two scores as they are shown. */
  apart: number;
  /** Of the gap over the aspects that both judged, which decides between equals. */
  size: number;
  isDifference: boolean;
};

function shownPairs({ title, class: competencyClass, views, gaps }: TriptychCompetency): ShownPair[] {
  const isGap = competencyClass !== 'in_agreement' && competencyClass !== 'insufficient';
  return PAIRS.flatMap((pair): ShownPair[] => {
    const [one, other] = PAIR_VIEWS[pair];
    const [a, b] = [views[one].score, views[other].score];
    if (a === null || b === null) return [];
    const [first, second] = [
      { view: one, score: a },
      { view: other, score: b },
    ];
    const [high, low] = a >= b ? [first, second] : [second, first];
    const apart = roundForDisplay(roundForDisplay(high.score) - roundForDisplay(low.score));
    const { gap } = gaps[pair];
    return [{ title, high, low, apart, size: Math.abs(gap ?? 0), isDifference: isGap && gap !== null && apart > 0 }];
  });
}
