import type { View } from '#lib/analysis/types.ts';
import { aspectsOf } from '#lib/instrument/aspects.ts';
import { shippedInstrument } from '#lib/server/instruments/shipped.ts';

/** What everybody answers in a programme that a test lives through, and what changed by it, worked out beside the product. */

const WEIGHT: Record<View, number> = { director: 1, ib: 2, teacher: 3 };
const GROWTH: Record<string, number> = { T0: 0, T1: 1, T2: 1, T3: 2 };

/** Everybody begins at 2; at how many statements it becomes more differs by school and role. */
export function scoreOf(school: number, view: View, round: string, code: string): number {
  const grows = Number(code.split('.')[1]) % (school + 2) < WEIGHT[view];
  return 2 + (grows ? (GROWTH[round] ?? 0) : 0);
}

/** The change of these schools by measurement.md §7, from what was answered. */
export function expectedChange(schools: readonly number[], view: View, competency: string, to: string) {
  const found = shippedInstrument().competencies.find(({ code }) => code === competency);
  const codes = found ? aspectsOf(found).map(({ code }) => code) : [];
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const grown = schools.map((school) =>
    mean(codes.map((code) => scoreOf(school, view, to, code) - scoreOf(school, view, 'T0', code))),
  );
  const spread = Math.sqrt(grown.reduce((sum, value) => sum + (value - mean(grown)) ** 2, 0) / (grown.length - 1));
  const quantile = new Map([
    [5, 2.7764451052], // t(.975, 4)
    [6, 2.5705818356], // t(.975, 5)
    [7, 2.4469118511], // t(.975, 6)
  ]);
  const half = ((quantile.get(grown.length) ?? NaN) * spread) / Math.sqrt(grown.length);
  return {
    mean: mean(grown),
    low: mean(grown) - half,
    high: mean(grown) + half,
    clear: grown.filter((one) => one >= 0.5),
  };
}
