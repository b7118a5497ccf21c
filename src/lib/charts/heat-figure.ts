import { roundForDisplay } from '#lib/analysis/rounding.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { formatMean } from '#lib/text/numbers.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { reasonWord } from '#lib/text/report-reasons.ts';
import type { ShownMean } from './cohort-figure.ts';

/** The highest mean, as it is shown, of the tints 1 to 4; what is higher has tint 5 (DESIGN, chart rules). */
export const HEAT_STEPS = [2.7, 3.2, 3.7, 4.2] as const;

/** A cell: the mean and its tint, 1 (lightest) to 5; or what stands in its place and why: nothing where it was not asked. */
export type HeatCell = { view: View; text: string } & (
  { tint: 1 | 2 | 3 | 4 | 5 } | { tint: 0; reason: Reason; sign: '·' | '–' | '' }
);

/** A statement: `number` is what its code ends in; `isMeaning`: talk about its meaning first. */
export type HeatRow = { code: string; number: string; statement: string; isMeaning: boolean; cells: HeatCell[] };
export type HeatCluster = { key: string; title: string; rows: HeatRow[] };
export type HeatTable = { code: string; title: string; clusters: HeatCluster[] };

/** The cells of one aspect. */
export function heatCells(views: Readonly<Record<View, ShownMean>>, locale: Locale): HeatCell[] {
  return VIEWS.map((view): HeatCell => {
    const { mean, reason = 'too_few_schools' } = views[view];
    if (mean !== null) return { view, text: formatMean(mean, locale), tint: tintOf(mean) };
    return {
      view,
      tint: 0,
      reason,
      sign: reason === 'not_asked' ? '' : reason === 'not_visible_for_role' ? '–' : '·',
      text: reasonWord(reason, locale),
    };
  });
}

function tintOf(mean: number): 1 | 2 | 3 | 4 | 5 {
  const shown = roundForDisplay(mean);
  const [first, second, third, fourth] = HEAT_STEPS;
  if (shown <= first) return 1;
  if (shown <= second) return 2;
  if (shown <= third) return 3;
  return shown <= fourth ? 4 : 5;
}

/** The part of a code that tells it apart within its competency: "04" of "C1.04"; a code without one stays whole. */
export function numberOf(code: string): string {
  return /\.([^.]+)$/.exec(code)?.[1] ?? code;
}
