import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { View } from '#lib/analysis/types.ts';
import type { CohortFigure } from '#lib/charts/cohort-figure.ts';
import type { HeatTable } from '#lib/charts/heat-figure.ts';
import type { SessionReading } from '#lib/conversation/next-session.ts';
import type { SwapQuery } from './swap-filter.ts';

/** What the pages about a cohort's round show, in the reader's language, and nothing else. */

/** An aspect that is worth training: why, and what to do with it. `competency` is its title. */
export type TrainedAspect = {
  code: string;
  statement: string;
  competency: string;
  isBase: boolean;
  reading: SessionReading;
  why: string;
  workForm: string;
};

/**
 * Trained aspects of one reading, numbered on through the whole session. What to do with them is said once; where it is not
 * the same for all, with the numbers that it is for.
 */
export type TrainingGroup<A = TrainedAspect> = {
  reading: SessionReading;
  word: string;
  forms: { text: string; for: string | null }[];
  aspects: (A & { number: number })[];
};

/** The base competency, or the other ones: trained aspects by reading, in their order. What has no aspects is left out. */
export type TrainingPart<A = TrainedAspect> = { isBase: boolean; title: string; groups: TrainingGroup<A>[] };

/**
 * A small bar with its limit: `share` and `limit` of its width (0–1). `text` is the figure in words, `label` says it all to
 * whoever hears it. Without a figure `share` is null.
 */
export type ClarityBar = {
  what: 'U' | 'C' | 'N';
  head: string;
  text: string;
  label: string;
  share: number | null;
  limit: number;
  isOver: boolean;
};

export type ClarityItem = {
  code: string;
  statement: string;
  flags: { flag: ClarityFlag; look: 'meaning' | 'unseen' | 'differ'; word: string }[];
  bars: ClarityBar[];
  advice: string[];
};

export type ClarityPart = { caption: string; top: ClarityItem[]; rest: ClarityItem[]; hasHidden: boolean };

export type ContestedItem = { code: string; statement: string; line: string };

/** Single schools, where this viewer sees them: by name, the words of three views a competency. */
export type SchoolRow = {
  schoolRoundId: string;
  name: string;
  cells: { competency: string; views: { view: View; text: string; isShown: boolean }[] }[];
};

/** Why dots of schools are there, or not. */
export type SchoolsPart = { note: string; rows: SchoolRow[] };

export type DashboardPage = {
  round: { id: string; name: string };
  cohort: { id: string; name: string };
  /** The opening sentence, split around what is marked in it, and what follows. */
  headline: { before: string; marked: string; after: string; more: string };
  answered: string;
  /** Which schools the picture leaves out, and why; empty where it leaves out none. */
  leftOut: string;
  /** Below five schools: why there is nothing, and nothing else. */
  few: { why: string; canRelease: boolean; seesSchools: boolean } | null;
  next: { parts: TrainingPart[]; order: string; isChanged: boolean };
  competencies: CohortFigure;
  schools: SchoolsPart;
  /** `schools`: the fewest and the most behind a figure; null where there is none. */
  heat: {
    tables: HeatTable[];
    count: number;
    hasInvisible: boolean;
    hasUnasked: boolean;
    schools: { low: number; high: number } | null;
  };
  clarity: ClarityPart;
  contested: ContestedItem[];
};

/** A figure over schools in words; `withheld` says why where it is none. */
export type Told = { text: string; withheld: string | null };

/** A view's mean in a round, and over how many schools it is. */
export type RoundCell = Told & { view: View; count: string };

export type AspectPage = {
  round: { id: string; name: string };
  cohort: { id: string; name: string };
  code: string;
  statement: string;
  self: string;
  explain: string | null;
  competency: string;
  cluster: string;
  /** Why it is worth training and what to do with it; null where nothing stands out. */
  trained: TrainedAspect | null;
  figure: CohortFigure;
  hasDots: boolean;
  /** How many schools ask for which talk, in the order of the talk; null with the reason in words. */
  readings:
    | { rows: { reading: SessionReading | 'shared_view' | 'insufficient'; word: string; text: string }[] }
    | { why: string };
  gaps: { pair: string; mean: Told; size: string; large: string }[];
  clarity: { item: ClarityItem | null; text: string };
  /** Closed rounds, oldest first; without cells `why`: the statement was another one, or was not asked. */
  rounds: { id: string; name: string; isThis: boolean; cells: RoundCell[] | null; why: string }[];
  previous: { code: string; statement: string } | null;
  next: { code: string; statement: string } | null;
};

/** A note as it is stored; version 0 was never written. */
export type StoredNote = { text: string; version: number };

/** An aspect of a session: `proposed` names its place; `insteadOf` what the rules had put there. */
export type SessionItem = TrainedAspect & {
  proposed: string;
  insteadOf: { code: string; statement: string } | null;
  note: StoredNote;
};

/** What can come in a place: all that is worth training, in the one order, and what the reader looks for among it. */
export type SwapPart = {
  proposed: string;
  aspects: (TrainedAspect & { competencyCode: string; word: string })[];
  query: SwapQuery;
};

export type SessionPage = {
  round: { id: string; name: string };
  cohort: { id: string; name: string };
  count: number;
  parts: TrainingPart<SessionItem>[];
  /** The one order, a sentence each, and how the session goes with the list of what is not understood alike. */
  order: string[];
  clarity: string;
  /** What can come in the place that is being swapped; null while none is. */
  swap: SwapPart | null;
  note: StoredNote;
};
