import type { CourseFigure, CoursePoint } from '#lib/charts/course-figure.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { DroppedRow } from '#lib/components/compare/compare-page.ts';

/** One figure of a table: a text, and why it is none where it is withheld. */
export type Told = { text: string; withheld?: string };

/** A line of the table below the change: one view on one competency in one round. */
export type ChangeLine = {
  competency: string;
  view: string;
  round: string;
  change: Told;
  interval: string;
  g: string;
  n: string;
  higher: string;
  lower: string;
};

export type ChangePart = { figure: CourseFigure; lines: ChangeLine[]; notes: string[] };

/** How the distance of a pair of views changes; `levels` says where it stands, where that may be told. */
export type DistanceLine = {
  pair: Pair;
  views: readonly [View, View];
  title: string;
  points: CoursePoint[];
  levels: string | null;
  change: Told;
  interval: string;
  n: string;
};
export type DistancePart = Pick<CourseFigure, 'caption' | 'rounds' | 'range'> & {
  lines: DistanceLine[];
  notes: string[];
};

export type ClarityLine = { round: string; text: Told; share: number | null };
export type ClarityPart = { caption: string; lines: ClarityLine[]; notes: string[] };

/** The three answers to the scale question, and over whom. */
export type LookBackPart = {
  caption: string;
  lines: { value: Told; interval: string; label: string }[];
  notes: string[];
};

/** Who took part: a line a round, a cell a view; and who is not in the change. */
export type TakingPart = {
  caption: string;
  lines: { round: string; schools: string; cells: { view: View; told: Told }[] }[];
  dropped: DroppedRow[];
};

/** What was planned and what came of it: a line a programme year. */
export type DoingPart = {
  caption: string;
  lines: { year: string; sessions: string; hours: string; there: Told; handedIn: Told; useful: Told }[];
};

/** One view on the aspects of an ambition: where it began and where it is, 1–5; no `ends` and `levels` where that may not be told. */
export type AmbitionLine = {
  view: View;
  name: string;
  ends: { from: number; to: number } | null;
  levels: string | null;
  change: Told;
  interval: string;
  n: string;
};

/** What the aspects of an ambition say in one cohort: a few sentences, and from the second round on a line a view. */
export type AmbitionPart = { id: string; name: string; text: string[]; lines: AmbitionLine[] };

/** An ambition of the partnership, with each cohort by itself; `over` says over how many statements it is. */
export type AmbitionBlock = { id: string; title: string; over: string; cohorts: AmbitionPart[] };

/** A decision or remark of the steering group, with who wrote it and when. */
export type NoteLine = { id: string; kind: string; text: string; by: string; isOwn: boolean };

/** A cohort with figures. */
export type CohortPart = {
  id: string;
  name: string;
  /** What changed in a sentence or three. */
  opening: string[];
  /** Over how many reports its figures are, where a trainer does not read all; empty otherwise. */
  leftOut: string;
  change: ChangePart | null;
  distance: DistancePart | null;
  clarity: ClarityPart;
  lookBack: LookBackPart | null;
  response: TakingPart;
  /** Null where the cohort has no plan. */
  doing: DoingPart | null;
};

/** All that the page of a programme shows, in the reader's language; its files and the presentation hold the same. */
export type ProgrammePage = {
  id: string;
  name: string;
  partnership: string;
  /** The latest day on which a round closed, as it is written; null when there is none. */
  stand: string | null;
  /** The sentence on top. */
  title: string;
  /** More sentences under it, and what holds for the whole page. */
  lead: string[];
  cohorts: CohortPart[];
  /** Those of the programme, in its order; the cohorts in the same order as above. */
  ambitions: AmbitionBlock[];
  /** What is to be known of each question, for all cohorts alike. */
  notes: Record<'growth' | 'distance' | 'clarity' | 'doing' | 'ambitions', string[]>;
  /** Cohorts of which nothing is shown, each with the sentence that says why. */
  withheld: { id: string; name: string; reason: string; text: string }[];
  /** About cohorts that this reader may not see; null when there are none. */
  others: string | null;
};
