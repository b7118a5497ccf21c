import { PAIR_VIEWS } from '#lib/analysis/types.ts';
import { pointsOf, rangeOf } from '#lib/charts/course-figure.ts';
import type { DistanceLine, DistancePart } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { SinceStart } from '#lib/server/reports/service.ts';
import { groupPairWord } from '#lib/text/cohort-words.ts';
import { formatDifference, formatMean, type Locale } from '#lib/text/numbers.ts';
import { distanceWords } from '#lib/text/programme-words.ts';
import { capital } from '#lib/text/report-words.ts';
import { intervalText, isPartRead, withheld } from './reasons.ts';

/** How the distance of each pair of views changes since the start, up to the latest round. */
export function distancePart(course: CohortCourse, latest: SinceStart, locale: Locale): DistancePart {
  const { sinceStart } = course;
  const lines = latest.distances.map((figure): DistanceLine => {
    const { pair, n, from, to, change, reason } = figure;
    const given = sinceStart.map((since) => {
      const own = since.distances.find((one) => one.pair === pair);
      return { round: since.to, change: own?.change ?? null, low: own?.low ?? null, high: own?.high ?? null };
    });
    const ends = { from: latest.from, to: latest.to };
    const levels =
      from === null || to === null
        ? null
        : m.programme_distance_levels(
            { from: `${ends.from} ${formatMean(from, locale)}`, to: `${ends.to} ${formatMean(to, locale)}` },
            { locale },
          );
    return {
      ...{
        pair,
        views: PAIR_VIEWS[pair],
        title: capital(groupPairWord(pair, locale)),
        points: pointsOf(given),
        levels,
      },
      change: change === null ? withheld(reason, locale) : { text: formatDifference(change, locale) },
      ...{ interval: intervalText(figure, locale), n: String(n) },
    };
  });
  const hasHidden = latest.distances.some(({ withheldStart }) => withheldStart !== undefined);
  return {
    caption: distanceWords(latest.distances, locale, { isPart: isPartRead(course, latest) }),
    rounds: [latest.from, ...sinceStart.map(({ to }) => to)],
    range: rangeOf(lines),
    lines,
    notes: hasHidden ? [m.programme_distance_start({}, { locale })] : [],
  };
}
