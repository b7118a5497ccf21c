import type { Emphasis } from '#lib/analysis/balance.ts';
import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { formatDifference } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { balanceCaption, balanceWords } from '#lib/text/report-balance.ts';
import { columnWord } from '#lib/text/report-words.ts';
import type { People } from '#lib/text/report-words.ts';

/** A view's balance as the report's figures give it: coaching minus advising in scale points. */
export type BalanceFacts = {
  view: View;
  now: number | null;
  emphasis: Emphasis | null;
  start: { round: string; value: number } | null;
  band: ChangeBand | null;
  reason?: Reason;
};

/** A place on the axis, with its text. */
type Place = { value: number; text: string };

/** One view: where it stands now and where it began, hollow; `words` say it, or why it has no place. */
export type BalanceRow = { view: View; name: string; words: string } & (
  { now: Place; start: (Place & { round: string }) | null } | { now: null; start: null; reason: Reason }
);

/** One axis from advising (−limit) to coaching (limit), a row a view. */
export type BalanceFigure = { name: 'balance'; caption: string; limit: number; rows: BalanceRow[] };

/** Room for what is usual; wider where a figure needs it. */
const LIMIT = 2;

/** The balance of advising and coaching as one axis, never as two bars (DESIGN: chart rules). */
export function balanceFigure(balances: readonly BalanceFacts[], people: People, locale: Locale): BalanceFigure {
  const values = balances.flatMap(({ now, start }) => [now ?? 0, start?.value ?? 0]).map(Math.abs);
  return {
    name: 'balance',
    caption: balanceCaption(balances, people, locale),
    limit: Math.max(LIMIT, Math.ceil(Math.max(...values) * 2) / 2),
    rows: balances.map((one) => balanceRow(one, people, locale)),
  };
}

function balanceRow(balance: BalanceFacts, people: People, locale: Locale): BalanceRow {
  const { view, now, start, reason = 'not_judged' } = balance;
  const row = { view, name: columnWord(view, people.teachers, locale), words: balanceWords(balance, locale) };
  if (now === null) return { ...row, now, start: null, reason };
  const place = (value: number) => ({ value: roundForDisplay(value), text: formatDifference(value, locale) });
  return { ...row, now: place(now), start: start && { ...place(start.value), round: start.round } };
}
