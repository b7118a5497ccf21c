import type { Pair, View } from '#lib/analysis/types.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { BalanceFigure } from '#lib/charts/balance-figure.ts';
import type { GapFigure, RoundsFigure, TriptychFigure } from '#lib/charts/figure.ts';
import type { AnsweredNote } from '#lib/text/report-answered.ts';
import type { ReportDetails } from '#lib/text/report-details.ts';

/**
 * Everything that a report page shows, in the reader's language, and nothing else: what is withheld is not in it, nor is
 * the list of aspects as it is stored (rules.md, Shown and withheld).
 */
export type ReportPage = {
  id: string;
  head: ReportDetails & {
    schoolName: string;
    /** The headline. */
    lead: string;
    more: string[];
    /** Of a pulse: how much it asked, and what not; null for the whole list. */
    asked: string | null;
  };
  /** How many teachers the page speaks of: a sole one is "the teacher". */
  teachers: number;
  answered: AnsweredNote[];
  /**
   * Where fewer than two views can be shown: each with why it is missing (null: it is there). The page then shows the
   * figures that there are, if `hasFigures`, and nothing that compares; `next`: what comes next. Null where there are two views.
   */
  missing: { views: (AnsweredNote & { view: View; label: string })[]; hasFigures: boolean; next: string } | null;
  /** The level difference, where one matters: what it may mean, and whether the page is with or without it. */
  level: { hint: string; isWithout: boolean; shown: string } | null;
  triptych: TriptychFigure;
  /**
   * What to talk about first, with the rule that picked it; `isCompared`: at least one aspect could be compared; `fewer`: that
   * there are no more, where there are some but not as many as would be told, else null.
   */
  first: { aspects: ListedAspect[]; rule: string; fewer: string | null; isCompared: boolean };
  numbers: NumberRow[];
  gaps: GapFigure[];
  /** By aspect code. */
  about: Record<string, AspectAbout>;
  /** In the order of the list. */
  clusters: ClusterName[];
  readings: { caption: string; tally: TallyRow[]; cards: ReadingCard[] };
  lists: ShortList[];
  /** `lead` tells on what terms teachers' remarks are shown. */
  remarks: { lead: string; groups: RemarkGroup[] };
  balance: BalanceFigure | null;
  /** For the IB'er alone; `figures`: start, looking back, now, and the three changes; null = not answered; `sum`: what those are. */
  lookBack: { since: string; rows: { title: string; figures: (string | null)[] }[]; sum: string } | null;
  rounds: { figure: RoundsFigure; rows: RoundsRow[] } | null;
};

/** The scores and gaps of one competency, or (without scores) of the whole list. */
export type NumberRow = {
  title: string;
  scores: { view: View; text: string; of: string; withheld: Reason | null }[];
  gaps: { pair: Pair; text: string; common: number | null; withheld: Reason | null }[];
};

/** What can be opened at an aspect: an example from the list, if it gives one, and why it is read so; null = it is not. */
export type AspectAbout = { cluster: string; order: number; explain: string | null; why: string | null };

export type ClusterName = { key: string; title: string; competency: string };

/** The readings that a conversation is about, in its order. */
export type TalkReading = Exclude<Reading, 'insufficient'>;

/** `share` of the longest bar, 0–1. */
export type TallyRow = { reading: TalkReading; word: string; count: number; share: number };

/** An aspect of a list, by code: its statement and values are in `gaps`. `why` it is there, where that is told. */
export type ListedAspect = { code: string; why: string | null };

/** `top` is to be seen, `rest` behind "more". */
export type ReadingCard = {
  reading: TalkReading;
  title: string;
  intro: string;
  question: string;
  top: ListedAspect[];
  rest: ListedAspect[];
};

export type ShortList = { name: string; title: string; intro: string; top: ListedAspect[]; rest: ListedAspect[] };

/** Remarks on one competency; `statement` is null when a remark may not be, or is not, tied to an aspect. */
export type RemarkGroup = {
  title: string;
  remarks: { role: View; who: string; statement: string | null; text: string }[];
};

/** One change, as the table tells it; from and to are texts, null when they cannot be compared. */
export type RoundsRow = {
  title: string;
  view: View;
  viewWord: string;
  since: string;
  from: string | null;
  to: string | null;
  words: string;
  isClear: boolean;
  withheld: Reason | null;
};

/**
 * What is asked of a director before the report opens, and no figure: what it is about, three points, what is confirmed and for
 * how long. Among the page's data, for the script of every report would bring these texts in both languages.
 */
export type Confirmation = Record<'lead' | 'talk' | 'gap' | 'file' | 'develop' | 'once', string>;
