import { classifyAspect } from '#lib/analysis/classify-aspect.ts';
import { classifyCompetency } from '#lib/analysis/classify-competency.ts';
import { readAspect } from '#lib/analysis/reading.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { Pair } from '#lib/analysis/types.ts';
import { viewDifferences } from '#lib/analysis/view-differences.ts';
import type { Level } from '#lib/analysis/view-differences.ts';
import type { AspectFigures, CompetencyFigures, GapFigure, SchoolFigures } from './figures.ts';

/** The level of a report: its gaps over the whole list, from shown cells as all figures are. */
export function levelOf({ overall: { gaps } }: Pick<SchoolFigures, 'overall'>): Level {
  return {
    ib_director: gaps.ib_director.gap,
    ib_teacher: gaps.ib_teacher.gap,
    director_teacher: gaps.director_teacher.gap,
  };
}

/**
 * The figures of a report with the level taken off every gap, and classes and readings from what is left (measurement.md
 * §4). Scores stay as they are, and so do the gaps over the whole list, which are the level. A gap whose level is not
 * known is null, with the level's reason.
 */
export function withoutLevel(figures: SchoolFigures): SchoolFigures {
  const level = levelOf(figures);
  return {
    ...figures,
    competencies: figures.competencies.map((one) => competencyWithout(one, figures.overall.gaps)),
    aspects: figures.aspects.map((one) => aspectWithout(one, level)),
  };
}

function competencyWithout(figures: CompetencyFigures, overall: SchoolFigures['overall']['gaps']): CompetencyFigures {
  const gap = (pair: Pair) => gapWithout(figures.gaps[pair], overall[pair]);
  const gaps = {
    ib_director: gap('ib_director'),
    ib_teacher: gap('ib_teacher'),
    director_teacher: gap('director_teacher'),
  };
  const left = {
    ib_director: gaps.ib_director.gap,
    ib_teacher: gaps.ib_teacher.gap,
    director_teacher: gaps.director_teacher.gap,
  };
  return { ...figures, gaps, class: classifyCompetency(left) };
}

function gapWithout(figure: GapFigure, level: GapFigure): GapFigure {
  if (figure.gap === null) return figure;
  const { common } = figure;
  if (level.gap === null) return { gap: null, common, ...(level.reason ? { reason: level.reason } : {}) };
  return { gap: figure.gap - level.gap, common };
}

function aspectWithout(aspect: AspectFigures, level: Level): AspectFigures {
  const { director, ib, teacher } = aspect.views;
  const scores = { director: director.score, ib: ib.score, teacher: teacher.score };
  const aspectClass = classifyAspect(scores, viewDifferences(scores, level));
  return { ...aspect, class: aspectClass, reading: readingWithout(aspect.reading, aspectClass) };
}

/** What is not understood, or not seen, stays so; only what was read from the differences is read again. */
function readingWithout(reading: Reading, aspectClass: AspectFigures['class']): Reading {
  return readAspect({
    class: aspectClass,
    unclear: reading === 'check_meaning',
    notObserved: reading === 'not_observed',
    cohortUnclear: false,
  });
}
