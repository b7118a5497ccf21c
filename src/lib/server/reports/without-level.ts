import { classifyAspect } from '#lib/analysis/classify-aspect.ts';
import { classifyCompetency } from '#lib/analysis/classify-competency.ts';
import { readAspect } from '#lib/analysis/reading.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { PAIR_VIEWS, PAIRS } from '#lib/analysis/types.ts';
import { perPair } from '#lib/analysis/per-pair.ts';
import { levelTakenOff, viewDifferences } from '#lib/analysis/view-differences.ts';
import type { Level } from '#lib/analysis/view-differences.ts';
import type { AspectFigures, CompetencyFigures, GapFigure, SchoolFigures } from './figures.ts';

/**
 * The figures of a report with the level taken off every gap, and classes and readings from what is left (measurement.md
 * §4). Scores stay as they are, and so do the gaps over the whole list. A gap whose level is not known is null, with the level's
 * reason, and an aspect or competency on which such a pair differs to an unknown degree cannot be called alike.
 */
export function withoutLevel(figures: SchoolFigures): SchoolFigures {
  const { gaps } = figures.overall;
  const level = levelTakenOff(gaps);
  return {
    ...figures,
    competencies: figures.competencies.map((one) => competencyWithout(one, level, gaps)),
    aspects: figures.aspects.map((one) => aspectWithout(one, level)),
  };
}

function competencyWithout(
  figures: CompetencyFigures,
  level: Level,
  overall: SchoolFigures['overall']['gaps'],
): CompetencyFigures {
  const gaps = perPair((pair) => gapWithout(figures.gaps[pair], level[pair], overall[pair]));
  const isWhole = PAIRS.every((pair) => level[pair] !== null || figures.gaps[pair].gap === null);
  const compared = classifyCompetency(perPair((pair) => gaps[pair].gap));
  return { ...figures, gaps, class: compared === 'in_agreement' && !isWhole ? 'insufficient' : compared };
}

function gapWithout(figure: GapFigure, level: number | null, { reason }: GapFigure): GapFigure {
  if (figure.gap === null) return figure;
  const { common } = figure;
  if (level === null) return { gap: null, common, ...(reason ? { reason } : {}) };
  return { gap: figure.gap - level, common };
}

/** What says that all see the same. */
const ALIKE: ReadonlySet<AspectFigures['class']> = new Set(['shared_strength', 'shared_growth', 'in_agreement']);

function aspectWithout(aspect: AspectFigures, level: Level): AspectFigures {
  const { director, ib, teacher } = aspect.views;
  const scores = { director: director.score, ib: ib.score, teacher: teacher.score };
  const compared = classifyAspect(scores, viewDifferences(scores, level));
  const isWhole = PAIRS.every((pair) => level[pair] !== null || PAIR_VIEWS[pair].some((view) => scores[view] === null));
  const aspectClass = ALIKE.has(compared) && !isWhole ? 'insufficient' : compared;
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
