import type { Emphasis } from '#lib/analysis/balance.ts';
import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList } from './numbers.ts';
import type { Locale } from './numbers.ts';
import { reasonWord } from './report-reasons.ts';
import { source } from './report-words.ts';
import type { People } from './report-words.ts';

/** A view's balance as far as words go. */
type Balance = {
  view: View;
  emphasis: Emphasis | null;
  start: { round: string } | null;
  band: ChangeBand | null;
  reason?: Reason;
};

const EMPHASES = {
  coaching: [m.report_balance_coaching, m.report_balance_word_coaching],
  even: [m.report_balance_even, m.report_balance_word_even],
  advising: [m.report_balance_advising, m.report_balance_word_advising],
} as const satisfies Record<Emphasis, unknown>;

const SHIFTS = {
  clearly_higher: [m.report_balance_to_coaching, m.report_balance_shift_coaching],
  clearly_lower: [m.report_balance_to_advising, m.report_balance_shift_advising],
} as const;

/** The sentences above the balance: what the training is after, where the emphasis lies for whom, and what shifted. */
export function balanceCaption(balances: readonly Balance[], people: People, locale: Locale): string {
  const names = (chosen: readonly Balance[]) =>
    formatList(
      chosen.map(({ view }) => source(view, people, locale)),
      locale,
    );
  const sentences: string[] = [m.report_balance_aim({}, { locale })];
  for (const emphasis of ['coaching', 'even', 'advising'] as const) {
    const of = balances.filter((one) => one.emphasis === emphasis);
    if (of.length > 0) sentences.push(EMPHASES[emphasis][0]({ views: names(of) }, { locale }));
  }
  for (const band of ['clearly_higher', 'clearly_lower'] as const) {
    // Views may have started in different rounds: a director who came later did.
    const shifted = balances.flatMap((one) =>
      one.band === band && one.start ? [{ ...one, since: one.start.round }] : [],
    );
    for (const round of new Set(shifted.map(({ since }) => since))) {
      const of = shifted.filter(({ since }) => since === round);
      sentences.push(SHIFTS[band][0]({ views: names(of), round }, { locale }));
    }
  }
  return sentences.join(' ');
}

/** Where one view's emphasis lies and whether it shifted, or why that cannot be said. */
export function balanceWords({ emphasis, band, start, reason }: Omit<Balance, 'view'>, locale: Locale): string {
  if (emphasis === null) {
    return m.report_change_incomparable({ reason: reasonWord(reason ?? 'not_judged', locale) }, { locale });
  }
  const words: string[] = [EMPHASES[emphasis][1]({}, { locale })];
  if (start && band) {
    const shift = band === 'no_clear_change' ? m.report_change_none : SHIFTS[band][1];
    words.push(shift({}, { locale }));
  }
  return words.join(', ');
}
