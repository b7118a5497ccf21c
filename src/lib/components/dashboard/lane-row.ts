import type { View } from '#lib/analysis/types.ts';

/** A view's lane in words: a figure with its interval, or why there is none; `count` says over how many schools. */
type Lane = { view: View; text: string; count: string } & (
  { value: number; interval: { text: string } | null } | { value: null; reason: string }
);

/** A row of three lanes, in the order director, IB'er, teachers. */
export type LaneRow = { code: string; title: string; lanes: Lane[] };
