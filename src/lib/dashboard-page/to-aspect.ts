import { CONSTANTS } from '#lib/analysis/constants.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import { cohortLane } from '#lib/charts/cohort-figure.ts';
import type { CohortLane } from '#lib/charts/cohort-figure.ts';
import type { AspectPage, RoundCell } from '#lib/components/dashboard/dashboard-page.ts';
import { DomainError } from '#lib/errors.ts';
import { inCommon } from '#lib/instrument/same-aspect.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RoundsOfCohort } from '#lib/server/dashboard/service.ts';
import { groupPairWord } from '#lib/text/cohort-words.ts';
import { formatDifference, formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { aspectReason, reasonWord } from '#lib/text/report-reasons.ts';
import { capital, readingWord } from '#lib/text/report-words.ts';
import { aspectMean, cohortAspects } from './facts.ts';
import type { CohortAspect } from './facts.ts';
import { clarityItem } from './to-clarity.ts';
import { scaleOf } from './to-competencies.ts';
import { trainedAspect } from './to-training.ts';

/** Readings in the order of the talk, those without a talk last. */
const READINGS = [
  'check_meaning',
  'not_observed',
  'seen_differently',
  'shared_view',
  'insufficient',
] as const satisfies Reading[];

/**
 * What the page of one aspect of a cohort's round shows.
 * @throws DomainError not_found when the round has no such aspect
 */
export function toAspect(found: RoundsOfCohort, code: string, locale: Locale): AspectPage {
  const { figures, instrument, session, schools } = found;
  const aspects = cohortAspects(instrument, figures);
  const at = aspects.findIndex((aspect) => aspect.code === code);
  const aspect = aspects[at];
  if (!aspect) throw new DomainError('not_found');
  const pick = [...session.places, ...session.others].find((one) => one.code === code);
  const { listed, competency, cluster } = aspect;
  const statement = listed.other[locale];
  const trained = pick ? trainedAspect(pick, aspect, locale) : null;
  const lanes = VIEWS.map((view) => cohortLane(view, aspectMean(aspect, view), dotsOf(schools, code, view), locale));
  return {
    round: { id: figures.round.id, name: figures.round.name },
    cohort: figures.round.cohort,
    ...{ code, statement, self: listed.self[locale], explain: listed.explain?.[locale] ?? null },
    ...{ competency: competency.title[locale], cluster: cluster.title[locale], trained },
    figure: {
      name: 'aspect',
      caption: trained?.why ?? nothingStandsOut(aspect, lanes, locale),
      scale: scaleOf(instrument, locale),
      rows: [{ code, title: statement, lanes }],
    },
    hasDots: lanes.some((lane) => lane.value !== null && lane.dots.length > 0),
    readings: readingsOf(aspect, locale),
    gaps: gapsOf(aspect, locale),
    clarity: clarityOf(aspect, locale),
    rounds: roundsOf(found, code, locale),
    previous: neighbour(aspects[at - 1], locale),
    next: neighbour(aspects[at + 1], locale),
  };
}

/** Said only where enough is known to say it: below five schools the reason, before the clarity is known what it needs. */
function nothingStandsOut(aspect: CohortAspect, lanes: readonly CohortLane[], locale: Locale): string {
  if (lanes.every(({ value }) => value === null)) {
    return aspectReason(aspect.figures.reason ?? 'too_few_schools', { view: 'ib', answered: 0 }, locale);
  }
  const isKnown = aspect.clarity !== null && aspect.clarity.class !== 'insufficient';
  return isKnown ? m.aspect_fine({}, { locale }) : clarityOf(aspect, locale).text;
}

function readingsOf({ figures }: CohortAspect, locale: Locale): AspectPage['readings'] {
  const { readings, reason = 'too_few_schools' } = figures;
  // A reason over schools is of no view: the sentence is the same for each.
  if (readings === null) return { why: aspectReason(reason, { view: 'ib', answered: 0 }, locale) };
  const rows = READINGS.flatMap((reading) => {
    const count = readings[reading] ?? 0;
    if (count === 0) return [];
    return [{ reading, word: readingWord(reading, locale), text: m.dashboard_schools_count({ count }, { locale }) }];
  });
  return { rows };
}

function gapsOf({ figures }: CohortAspect, locale: Locale): AspectPage['gaps'] {
  return PAIRS.map((pair) => {
    const { n, mean, size, large, reason = 'too_few_schools' } = figures.gaps[pair];
    const word = capital(groupPairWord(pair, locale));
    const count = large === null ? '' : m.aspect_gaps_of({ large, n }, { locale });
    if (mean === null || size === null) {
      const text = reasonWord(reason, locale);
      return { pair: word, mean: { text, withheld: reason }, size: text, large: count };
    }
    return {
      pair: word,
      mean: { text: formatDifference(mean, locale), withheld: null },
      size: formatMean(size, locale),
      large: count,
    };
  });
}

function clarityOf(aspect: CohortAspect, locale: Locale): AspectPage['clarity'] {
  const { clarity, flags } = aspect;
  if (clarity === null || clarity.class === 'insufficient') {
    const needed = { schools: CONSTANTS.clarityMinSchools, cells: CONSTANTS.clarityMinCells };
    return { item: null, text: m.aspect_clarity_few(needed, { locale }) };
  }
  const text = flags.length === 0 ? m.aspect_clarity_fine({}, { locale }) : m.clarity_caption({}, { locale });
  return { item: clarityItem(aspect, locale), text };
}

function roundsOf({ rounds, figures, instrument }: RoundsOfCohort, code: string, locale: Locale): AspectPage['rounds'] {
  return rounds.map((other) => {
    const { id, name } = other.figures.round;
    const isThis = id === figures.round.id;
    if (!isThis && !inCommon(instrument, other.whole).same.includes(code)) {
      return { id, name, isThis, cells: null, why: m.aspect_rounds_other({}, { locale }) };
    }
    const aspect = cohortAspects(other.instrument, other.figures).find((one) => one.code === code);
    if (!aspect) return { id, name, isThis, cells: null, why: reasonWord('not_asked', locale) };
    return { id, name, isThis, cells: VIEWS.map((view) => roundCell(aspect, view, locale)), why: '' };
  });
}

function roundCell(aspect: CohortAspect, view: View, locale: Locale): RoundCell {
  const { n, mean, reason = 'too_few_schools' } = aspectMean(aspect, view);
  const count = m.dashboard_schools_count({ count: n }, { locale });
  if (mean === null) return { view, count, text: reasonWord(reason, locale), withheld: reason };
  return { view, count, text: formatMean(mean, locale), withheld: null };
}

function neighbour(aspect: CohortAspect | undefined, locale: Locale): AspectPage['next'] {
  return aspect ? { code: aspect.code, statement: aspect.listed.other[locale] } : null;
}

function dotsOf(schools: RoundsOfCohort['schools'], code: string, view: View): number[] {
  return (schools?.schools ?? []).flatMap(({ aspects }) => {
    const score = aspects.get(code)?.[view] ?? null;
    return score === null ? [] : [score];
  });
}
