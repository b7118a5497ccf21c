import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { AmbitionBlock, AmbitionLine, AmbitionPart } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { AmbitionCourse, AmbitionSince } from '#lib/server/reports/service.ts';
import { ambitionWords } from '#lib/text/ambition-words.ts';
import { formatDifference, formatMean, type Locale } from '#lib/text/numbers.ts';
import { columnWord } from '#lib/text/report-words.ts';
import { intervalText, withheld } from './reasons.ts';

/** Over schools there are always more teachers than one. */
const MANY = 2;

/** The ambitions of a programme, each with these cohorts beside each other. */
export function ambitionBlocks(courses: readonly CohortCourse[], locale: Locale): AmbitionBlock[] {
  const [first] = courses;
  return (first?.ambitions ?? []).map(({ id, title, aspects }) => ({
    ...{ id, title, over: m.programme_ambition_over({ count: aspects }, { locale }) },
    cohorts: courses.flatMap((course) => {
      const own = course.ambitions.find((one) => one.id === id);
      return own ? [partOf(course, own, locale)] : [];
    }),
  }));
}

/** What is to be known of them, and why a start is missing, once for all. */
export function ambitionNotes(blocks: readonly AmbitionBlock[], locale: Locale): string[] {
  const lines = blocks.flatMap(({ cohorts }) => cohorts.flatMap((cohort) => cohort.lines));
  const isHidden = lines.some(({ ends, change }) => ends === null && !change.withheld);
  return [m.programme_ambitions_how({}, { locale }), ...(isHidden ? [m.programme_distance_start({}, { locale })] : [])];
}

function partOf({ cohort }: CohortCourse, own: AmbitionCourse, locale: Locale): AmbitionPart {
  const latest = own.since.at(-1);
  const changed = latest ? ambitionWords(latest.changes, latest.distances, locale) : [];
  const isSilent =
    latest?.changes.every(({ reason }) => reason === 'too_few_aspects' || reason === 'not_asked') ?? false;
  return {
    ...{ id: cohort.id, name: cohort.name },
    text: [
      ...changed,
      ...(isSilent ? [] : clearWords(own.clarity, locale)),
      ...(latest ? [] : [m.programme_ambition_first({}, { locale })]),
    ],
    lines: latest && !isSilent ? latest.changes.map((figure) => lineOf(latest, figure, locale)) : [],
  };
}

function lineOf({ from, to }: AmbitionSince, figure: AmbitionSince['changes'][number], locale: Locale): AmbitionLine {
  const { view, change, reason, n } = figure;
  const ends = figure.from === null || figure.to === null ? null : { from: figure.from, to: figure.to };
  return {
    ...{ view, name: columnWord(view, MANY, locale) },
    ends: ends && { from: roundForDisplay(ends.from), to: roundForDisplay(ends.to) },
    levels:
      ends === null
        ? null
        : m.programme_distance_levels(
            { from: `${from} ${formatMean(ends.from, locale)}`, to: `${to} ${formatMean(ends.to, locale)}` },
            { locale },
          ),
    change: change === null ? withheld(reason, locale) : { text: formatDifference(change, locale) },
    interval: change === null ? '' : intervalText(figure, locale),
    n: change === null ? '' : m.programme_ambition_schools({ count: n }, { locale }),
  };
}

/** Of how many of its aspects the meaning is shared now, and at the start where that was counted alike. */
function clearWords(rounds: AmbitionCourse['clarity'], locale: Locale): string[] {
  const [last, first] = [rounds.at(-1), rounds.find(({ alike }) => alike !== null)];
  if (!last || !first || last.alike === null) return [];
  const now = m.programme_clarity_caption({ count: last.alike, n: last.counted }, { locale });
  if (first.round === last.round) return [now];
  if (first.withNoise !== last.withNoise) return [now, m.programme_clarity_unlike({ round: first.round }, { locale })];
  return [now, m.programme_clarity_before({ before: first.alike ?? 0, n: first.counted }, { locale })];
}
