import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList } from './numbers.ts';
import type { Locale } from './numbers.ts';
import { reasonWord } from './report-reasons.ts';
import { bandWord, capital, quoted, readerOf, subject } from './report-words.ts';
import type { People } from './report-words.ts';

/** Why there is, or is no, change to tell; the words of the vectors, and that too few aspects have the same words. */
export type ChangeStatus = 'ok' | 'insufficient' | 'round_missing' | 'ratee_changed' | 'director_changed' | 'reworded';

/** A view's change on one competency, as far as words go. */
export type ChangeFacts = { view: View; title: string; status: ChangeStatus; band: ChangeBand | null; reason?: Reason };

/** What changed, or why that cannot be said (measurement.md §7). */
export function changeWords({ status, band, reason }: Omit<ChangeFacts, 'view' | 'title'>, locale: Locale): string {
  switch (status) {
    case 'ok':
      return bandWord(band ?? 'no_clear_change', locale);
    case 'director_changed':
      return m.report_change_director({}, { locale });
    case 'ratee_changed':
      return m.report_change_ib({}, { locale });
    case 'reworded':
      return m.report_change_reworded({}, { locale });
    case 'round_missing':
      return m.report_change_missing({}, { locale });
    case 'insufficient':
      return m.report_change_incomparable({ reason: reasonWord(reason ?? 'too_few_judged', locale) }, { locale });
  }
}

/**
 * The sentences above the earlier rounds: who scores clearly higher or lower where, compared with `since`, and what was
 * compared. `otherDirector` names the rounds that had another director.
 */
export function roundsCaption(
  changes: readonly ChangeFacts[],
  since: string,
  otherDirector: readonly string[],
  people: People,
  locale: Locale,
): string {
  const clear = VIEWS.flatMap((view) => [
    ...clearSentence(changes, view, 'clearly_higher', people, locale),
    ...clearSentence(changes, view, 'clearly_lower', people, locale),
  ]);
  const sentences = [...clear];
  const isCompared = changes.some(({ status }) => status === 'ok');
  if (clear.length === 0 && isCompared) sentences.push(m.report_rounds_none({ round: since }, { locale }));
  sentences.push(m.report_rounds_like({}, { locale }));
  if (otherDirector.length > 0) {
    sentences.push(m.report_rounds_director({ rounds: roundsIn(otherDirector, locale) }, { locale }));
  }
  if (changes.some(({ view, status }) => view === 'teacher' && status === 'ok')) {
    sentences.push(m.report_rounds_teachers({ teachers: people.teachers }, { locale }));
  }
  return sentences.join(' ');
}

/** What of an earlier round is not compared with this one, because it was asked in other words. */
export type WordingFacts = { round: string; sameScale: boolean; reworded: readonly string[] };

/** How many aspects are not compared with which rounds because their words changed, and rounds of which nothing is. */
export function wordingSentences(wording: readonly WordingFacts[], locale: Locale): string[] {
  const names = (of: readonly WordingFacts[]) =>
    roundsIn(
      of.map(({ round }) => round),
      locale,
    );
  const other = wording.filter(({ sameScale }) => !sameScale);
  const same = wording.filter(({ sameScale, reworded }) => sameScale && reworded.length > 0);
  const groups = Map.groupBy(same, ({ reworded }) => reworded.join(' '));
  return [
    ...[...groups.values()].map((of) =>
      m.report_rounds_reworded({ count: of[0]?.reworded.length ?? 0, rounds: names(of) }, { locale }),
    ),
    ...(other.length > 0 ? [m.report_rounds_scale({ rounds: names(other) }, { locale })] : []),
  ];
}

/** "meting T0 en meting T1". */
function roundsIn(names: readonly string[], locale: Locale): string {
  return formatList(
    names.map((round) => m.report_round({ round }, { locale })),
    locale,
  );
}

function clearSentence(
  changes: readonly ChangeFacts[],
  view: View,
  band: Exclude<ChangeBand, 'no_clear_change'>,
  people: People,
  locale: Locale,
): string[] {
  const titles = changes.filter((change) => change.view === view && change.band === band);
  if (titles.length === 0) return [];
  const words = {
    view: capital(subject(view, people, locale)),
    titles: formatList(
      titles.map(({ title }) => quoted(title)),
      locale,
    ),
  };
  const [one, many] =
    band === 'clearly_higher'
      ? [m.report_rounds_higher, m.report_rounds_higher_many]
      : [m.report_rounds_lower, m.report_rounds_lower_many];
  if (view === 'teacher' && people.teachers !== 1) return [many(words, { locale })];
  return [one({ ...words, reader: view === 'ib' ? readerOf(people) : 'other' }, { locale })];
}
