/**
 * The numbers that decide what is shown (measurement.md §9, §11; rules.md, Shown and withheld). What the figures mean
 * has its own numbers in analysis/constants.ts; a change of these is a new version of those.
 */
export const LIMITS = {
  /** Protected mode: submitted teachers for the view, judged scores for a cell, answers for a share. */
  minTeachers: 3,
  /** Words on spread among teachers: below this, mean and spread together give back the scores. */
  minTeachersForSpread: 5,
  /** A snapshot may be made again with at least this many new teachers. */
  minNewTeachers: 3,
  /** Teachers who wrote a remark, in a competency and on an aspect. */
  minWriters: 3,
  /** Answers on how useful a session was, for any of them to be shown, and so many new ones to show them anew. */
  minAnswers: 5,
  minNewAnswers: 3,
  /** Any figure over schools. */
  minSchools: 5,
  /** Schools with a withheld teachers' view inside a figure, if there are any. */
  minHiddenSchools: 3,
  /** Up to so many schools the mean of all and the mean of all but one, with one decimal each, tell the one's score. */
  maxTellingSchools: 10,
  /** With fewer aspects the mean of a competency is nearly that of an aspect: whole numbers, which decimals give away. */
  minAspectsOfMean: 5,
  /** An ambition of one or two aspects, for who reads totals only: its mean would be nearly whole answers of single people. */
  minAspectsOfAmbition: 3,
} as const;
