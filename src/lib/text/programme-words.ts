import { VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { CourseReason } from '#lib/disclosure/cohort-reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { groupPairWord, groupWord } from './cohort-words.ts';
import { isClear } from './compare-words.ts';
import { formatList, type Locale } from './numbers.ts';
import { quoted } from './report-words.ts';

/** A difference with its interval, as far as the sentences of a programme go. */
type Said = { change: number | null; low: number | null; high: number | null; reason?: CourseReason | undefined };
export type SaidChange = Said & { view: View; competency: string; title: string };
export type SaidDistance = Said & { pair: Pair };

/** Which way a difference goes whose interval, as it is shown, leaves 0 out; 0 where it does not. Null: there is no figure. */
export function directionOf({ change, low, high }: Said): 1 | 0 | -1 | null {
  if (change === null) return null;
  const [from, to] = [roundForDisplay(low ?? change), roundForDisplay(high ?? change)];
  if (!isClear({ value: roundForDisplay(change), interval: { low: from, high: to } })) return 0;
  return change > 0 ? 1 : -1;
}

/**
 * Why there is none of these figures; `few_or_hidden` where some are over too few schools and others would tell of a few,
 * `few_read` where the schools are too few of which this trainer reads the reports.
 */
type WhyNone = CourseReason | 'few_or_hidden' | 'few_read';

const NO_CHANGE = {
  too_few_schools: m.programme_open_unknown,
  hidden_cells: m.programme_open_hidden,
  few_or_hidden: m.programme_open_few_or_hidden,
  few_read: m.programme_open_few_read,
  not_asked: m.programme_open_not_asked,
  not_recorded: m.programme_open_not_recorded,
} satisfies Record<WhyNone, unknown>;

const NO_DISTANCE = {
  too_few_schools: m.programme_distance_unknown,
  hidden_cells: m.programme_hidden,
  few_or_hidden: m.programme_distance_few_or_hidden,
  few_read: m.programme_distance_few_read,
  not_asked: m.programme_distance_not_asked,
  not_recorded: m.programme_distance_not_recorded,
} satisfies Record<WhyNone, unknown>;

/** What was not asked says nothing of what was. */
function whyNone(figures: readonly Said[], isPart: boolean): WhyNone {
  const reasons = new Set(figures.map(({ reason = 'too_few_schools' }) => reason));
  const [few, hidden] = [reasons.has('too_few_schools'), reasons.has('hidden_cells')];
  if (few && hidden) return 'few_or_hidden';
  if (hidden) return 'hidden_cells';
  if (few || reasons.size === 0) return isPart ? 'few_read' : 'too_few_schools';
  return reasons.has('not_recorded') ? 'not_recorded' : 'not_asked';
}

/**
 * What changed since the start, in at most three sentences: the competencies on which the same people see more, those where
 * they see less, and those where nothing stands out. Of a competency without any figure nothing is said.
 * @param given.isPart the figures are over the reports that this trainer reads, and leave out some
 */
export function openingWords(changes: readonly SaidChange[], locale: Locale, { isPart = false } = {}): string[] {
  const groups = [...Map.groupBy(changes, ({ competency }) => competency).values()];
  const known = groups.filter((rows) => rows.some(({ change }) => change !== null));
  if (known.length === 0) return [NO_CHANGE[whyNone(changes, isPart)]({}, { locale })];
  const up = byViews(known, 1);
  const down = byViews(known, -1);
  const flat = known.filter((rows) => rows.every((row) => directionOf(row) !== 1 && directionOf(row) !== -1));
  if (up.length === 0 && down.length === 0) return [m.programme_open_flat_all({}, { locale })];
  const [first] = up;
  if (first && up.length === 1 && first.titles.length === groups.length) {
    return [m.programme_open_all({ who: whoOf(first.views, locale) }, { locale })];
  }
  const sentence = (say: typeof m.programme_open_up, { views, titles }: Seen) =>
    say({ competencies: formatList(titles.map(quoted), locale), who: whoOf(views, locale) }, { locale });
  const flatWords = flat.length === 0 ? [] : [formatList(flat.map(titleOf).map(quoted), locale)];
  return [
    ...up.slice(0, 2).map((one) => sentence(m.programme_open_up, one)),
    ...down.slice(0, 1).map((one) => sentence(m.programme_open_down, one)),
    ...flatWords.map((competencies) => m.programme_open_flat({ competencies }, { locale })),
  ].slice(0, MOST);
}

/** So many sentences are still read as one. */
const MOST = 3;

type Seen = { views: View[]; titles: string[] };

/** Competencies that the same views see go this way, most views first. */
function byViews(groups: readonly (readonly SaidChange[])[], direction: 1 | -1): Seen[] {
  const seen = groups.flatMap((rows) => {
    const views = VIEWS.filter((view) => rows.some((row) => row.view === view && directionOf(row) === direction));
    return views.length === 0 ? [] : [{ views, title: titleOf(rows) }];
  });
  return [...Map.groupBy(seen, ({ views }) => views.join())]
    .map(([, own]) => ({ views: own[0]?.views ?? [], titles: own.map(({ title }) => title) }))
    .toSorted((one, other) => other.views.length - one.views.length);
}

const titleOf = (rows: readonly SaidChange[]) => rows[0]?.title ?? '';

function whoOf(views: readonly View[], locale: Locale): string {
  return formatList(
    views.map((view) => groupWord(view, locale)),
    locale,
  );
}

/** What the views of one competency say together: "hoger bij alle drie". */
export function rowWord(rows: readonly Said[], locale: Locale): string {
  const ways = rows.map(directionOf).filter((way) => way !== null);
  const known = ways.length;
  const up = ways.filter((way) => way === 1).length;
  const down = ways.filter((way) => way === -1).length;
  if (known === 0) return m.programme_word_none({}, { locale });
  if (up > 0 && down > 0) return m.programme_word_mixed({}, { locale });
  if (up === 0 && down === 0) return m.programme_word_flat({}, { locale });
  const count = up + down;
  if (count === known && known === VIEWS.length) {
    return up > 0 ? m.programme_word_up_three({}, { locale }) : m.programme_word_down_three({}, { locale });
  }
  if (count === known && known === 2) {
    return up > 0 ? m.programme_word_up_two({}, { locale }) : m.programme_word_down_two({}, { locale });
  }
  const counts = { count, known };
  return up > 0 ? m.programme_word_up(counts, { locale }) : m.programme_word_down(counts, { locale });
}

/** Which pairs of views came nearer, went apart, or neither; one sentence each. `isPart` as with `openingWords`. */
export function distanceWords(distances: readonly SaidDistance[], locale: Locale, { isPart = false } = {}): string {
  const ways = [
    [-1, m.programme_distance_nearer, m.programme_distance_also_views],
    [1, m.programme_distance_further, m.programme_distance_also_views],
    [0, m.programme_distance_same, m.programme_distance_also_between],
  ] as const;
  const sentences = ways.flatMap(([way, say, also]) => {
    const own = distances.filter((one) => directionOf(one) === way).map(({ pair }) => groupPairWord(pair, locale));
    // "en" stands within a pair too: each further pair begins with the word before the first.
    const pairs = own.map((pair, at) => (at === 0 ? pair : also({ pair }, { locale })));
    return own.length === 0 ? [] : [say({ pairs: formatList(pairs, locale) }, { locale })];
  });
  return sentences.length === 0 ? NO_DISTANCE[whyNone(distances, isPart)]({}, { locale }) : sentences.join(' ');
}
