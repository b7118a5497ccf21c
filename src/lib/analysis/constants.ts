/**
 * Every number that the analysis decides with (measurement.md §0.5, §11). One object, so that a snapshot can name the
 * version it was made with. Frozen for a whole programme (§12): a change is a new version.
 * What may be shown to whom has its own numbers in disclosure/limits.ts.
 */
export const CONSTANTS = {
  version: '1',
  scaleMin: 1,
  scaleMax: 5,
  levels: 5,
  /** Variance of one rater who answers at random: (levels² − 1) / 12. */
  chanceVariance: 2,
  /** Least share, and least number, of a group of aspects that must be judged (§2). */
  coverageShare: 0.5,
  coverageMin: 5,
  /** From this difference on an aspect or a competency counts as seen differently (§4). */
  aspectThreshold: 1.5,
  competencyThreshold: 0.5,
  /** Change of a school from this size on is clear (§7). */
  changeThreshold: 0.5,
  /** A level difference over the whole list from this size on opens the report (§4). */
  elevationThreshold: 0.5,
  /** From this difference between a gap and its two scores on, the report says over which aspects it is (§3). */
  gapNoteThreshold: 0.1,
  strengthMin: 4,
  strengthMean: 4.5,
  growthMax: 3,
  /** Slack for comparisons with a threshold: a mean of thirds is not exact in binary. */
  eps: 1e-9,
  /** Share of a view's answering raters that makes an aspect unclear, or not observed, at one school (§5). */
  unclearShare: 1 / 3,
  notObservedShare: 0.5,
  /** Clarity of an aspect in a cohort (§6). */
  clarityMinCells: 10,
  clarityMinSchools: 5,
  clarityMinPairSchools: 8,
  clarityUnclear: 0.15,
  clarityCannotJudge: 1 / 3,
  clarityNoise: 0.5,
  /** Interval, paired change and comparison need this many schools (a side). */
  intervalMinSchools: 5,
  confidence: 0.95,
  /** A difference is called detectable where it would show itself in this share of samples (§8). */
  power: 0.8,
  /** Aspects are listed as different up to this Benjamini–Hochberg q (§8). */
  falseDiscovery: 0.05,
  /** Agreement among teachers: an item counts from this many scores, a group from this many raters (§8). */
  agreementMinJudged: 3,
  iccMinGroup: 2,
  iccMinGroups: 5,
  /** An aspect list of the report shows this many before "more" (§4). */
  listLength: 10,
} as const;
