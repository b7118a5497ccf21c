import { balanceOf, emphasisOf } from '#lib/analysis/balance.ts';
import type { Emphasis } from '#lib/analysis/balance.ts';
import { changeBand } from '#lib/analysis/matched-change.ts';
import type { ChangeBand } from '#lib/analysis/matched-change.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { SchoolFigures } from './figures.ts';
import type { SchoolChange } from './school-change.ts';

/** The two competencies of the balance, by the `key` of the list; a list that lacks one has no balance. */
const KEYS = { advising: 'advising-teachers', coaching: 'coaching-teachers' } as const;

/**
 * One view's balance of advising and coaching in scale points (analysis/balance.ts). `start` is that of the oldest round
 * that may be compared; both are then over the aspects that are shown in both rounds, and `shift` is now minus start.
 * Null `now` has a reason.
 */
export type ViewBalance = {
  view: View;
  now: number | null;
  emphasis: Emphasis | null;
  start: { round: string; value: number } | null;
  shift: number | null;
  band: ChangeBand | null;
  reason?: Reason;
};

type Earlier = { name: { round: string }; change: readonly SchoolChange[] };

/** The balance in each view, from shown cells only; null for a list without the two competencies. */
export function viewBalances(
  figures: SchoolFigures,
  earlier: readonly Earlier[],
  competencies: readonly { key: string; code: string }[],
): ViewBalance[] | null {
  const codeOf = (key: string) => competencies.find((one) => one.key === key)?.code;
  const of = (key: string) => figures.competencies.find(({ code }) => code === codeOf(key));
  const [advising, coaching] = [of(KEYS.advising), of(KEYS.coaching)];
  if (!advising || !coaching) return null;
  return VIEWS.map((view) => {
    const since = startOf(earlier, view, advising.code, coaching.code);
    if (since) return { view, emphasis: emphasisOf(since.now), ...since, band: changeBand(since.shift) };
    const sides = [coaching.views[view], advising.views[view]] as const;
    const now = balanceOf(sides[0].score, sides[1].score);
    const nothing = { start: null, shift: null, band: null };
    if (now !== null) return { view, now, emphasis: emphasisOf(now), ...nothing };
    return { view, now, emphasis: null, ...nothing, reason: sides[0].reason ?? sides[1].reason ?? 'too_few_judged' };
  });
}

function startOf(earlier: readonly Earlier[], view: View, advising: string, coaching: string) {
  for (const { name, change } of earlier) {
    const on = (code: string) => change.find((one) => one.view === view && one.competency === code);
    const [advised, coached] = [on(advising), on(coaching)];
    const value = balanceOf(coached?.from ?? null, advised?.from ?? null);
    const now = balanceOf(coached?.to ?? null, advised?.to ?? null);
    if (value !== null && now !== null) return { now, start: { round: name.round, value }, shift: now - value };
  }
  return null;
}
