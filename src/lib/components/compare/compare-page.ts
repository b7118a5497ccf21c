import type { View } from '#lib/analysis/types.ts';
import type { CohortFigure } from '#lib/charts/cohort-figure.ts';
import type { DifferenceFigure } from '#lib/charts/difference-figure.ts';

/** `isRefused`: nothing can be shown beside it, for the reason that its label ends with. */
type Option = { value: string; label: string; isRefused: boolean };

/** What can be chosen, in groups; `chosen` is the value in the address, null where nothing is laid beside the round yet. */
export type CompareChoice = { groups: { label: string; options: Option[] }[]; chosen: string | null };

/** An aspect that differs, in each view where it does. */
export type ComparedAspect = { code: string; statement: string; views: { view: View; text: string }[] };

/** Schools that are not in a change: a row a reason, a cell a view in the order of the report. */
export type DroppedRow = { reason: string; cells: { view: View; text: string }[] };

/** Two rounds beside each other, in words and as figures. */
export type Difference = {
  kind: 'change' | 'other';
  title: string;
  lead: string;
  sentences: string[];
  figure: DifferenceFigure;
  /** Some figure of it may be shown, and some may not for what it would tell of a few schools. */
  isShown: boolean;
  hasHidden: boolean;
  /** How many intervals there are, and from what difference on one would show itself; null where there is none. */
  intervals: number;
  detectable: string | null;
  aspects: ComparedAspect[];
  /** Comparisons of aspects that were possible, over the views. */
  tested: number;
  apart: number;
  /** Null for two cohorts, which drop nobody. */
  dropped: DroppedRow[] | null;
};

/** One school beside its cohort. */
export type SchoolBeside = { title: string; lead: string; figure: CohortFigure; rows: SchoolBesideRow[]; name: string };
export type SchoolBesideRow = {
  competency: string;
  view: View;
  school: string;
  mean: string;
  withheld: string | null;
};

/** All that the page shows, in the reader's language. */
export type ComparePage = {
  round: { id: string; name: string };
  cohort: { id: string; name: string };
  /** Why there is nothing to compare, where the round itself has too few schools; null otherwise. */
  few: string | null;
  choice: CompareChoice;
  difference: Difference | null;
  school: SchoolBeside | null;
  /** Every figure is withheld for too few schools: how many are needed; null otherwise. */
  needed: number | null;
};
