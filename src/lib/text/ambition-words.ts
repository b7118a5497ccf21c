import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { PAIRS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { AmbitionReason } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { groupWord } from './cohort-words.ts';
import { formatList, type Locale } from './numbers.ts';
import { directionOf, distanceWords } from './programme-words.ts';
import { capital } from './report-words.ts';

/** A change on the aspects of an ambition, or of a distance on them, as far as its sentences go. */
type Said = { change: number | null; low: number | null; high: number | null; reason?: AmbitionReason };
export type SaidView = Said & { view: View; n: number; bands: Record<ChangeBand, number> | null };

const WHY_NONE = {
  too_few_aspects: m.programme_ambition_none_few_aspects,
  not_asked: m.programme_ambition_none_not_asked,
  not_recorded: m.programme_ambition_none_not_recorded,
  hidden_cells: m.programme_open_hidden,
  too_few_schools: m.programme_ambition_none_few,
} satisfies Record<AmbitionReason, unknown>;

/** Which reason is told where views have different ones: first what holds for all of them. */
const FIRST = ['too_few_aspects', 'not_recorded', 'hidden_cells', 'too_few_schools', 'not_asked'] as const;

/**
 * What changed on the aspects of an ambition: who sees more of it than at the start, who less and who neither, at how many schools
 * it changed clearly, and whether views came closer. Or in one sentence why nothing can be said.
 */
export function ambitionWords(
  changes: readonly SaidView[],
  distances: readonly (Said & { pair: Pair })[],
  locale: Locale,
): string[] {
  const known = changes.filter(({ change }) => change !== null);
  if (known.length === 0) {
    const reason = FIRST.find((one) => changes.some((change) => change.reason === one)) ?? 'too_few_schools';
    return [WHY_NONE[reason]({}, { locale })];
  }
  const ways = [
    [1, m.programme_ambition_up],
    [-1, m.programme_ambition_down],
    [0, m.programme_ambition_flat],
  ] as const;
  const views = ways.flatMap(([way, say]) => {
    const own = VIEWS.filter((view) => known.some((one) => one.view === view && wayOf(one) === way));
    if (own.length === 0) return [];
    const who = capital(
      formatList(
        own.map((view) => groupWord(view, locale)),
        locale,
      ),
    );
    return [say({ who }, { locale })];
  });
  // Reasons of distances are those of changes, which are told where all are missing.
  const closer = PAIRS.flatMap((pair) => distances.filter((one) => one.pair === pair && one.change !== null)).map(
    ({ pair, change, low, high }) => ({ pair, change, low, high }),
  );
  return [
    ...views,
    ...bandWords(known, 'clearly_higher', locale),
    ...bandWords(known, 'clearly_lower', locale),
    ...(closer.length === 0 ? [] : [distanceWords(closer, locale)]),
  ];
}

const wayOf = ({ change, low, high }: Said) => directionOf({ change, low, high });

/** In the eyes of whom the most schools changed clearly this way, if anywhere two did. */
function bandWords(known: readonly SaidView[], band: 'clearly_higher' | 'clearly_lower', locale: Locale): string[] {
  const counted = known.flatMap(({ view, n, bands }) => (bands ? [{ view, n, count: bands[band] }] : []));
  const [most] = counted.toSorted((one, other) => other.count - one.count);
  if (!most || most.count < LEAST) return [];
  const say = band === 'clearly_higher' ? m.programme_ambition_rise : m.programme_ambition_fall;
  return [say({ who: capital(groupWord(most.view, locale)), count: most.count, n: most.n }, { locale })];
}

/** One school that changed is no finding, and would be told by itself. */
const LEAST = 2;
