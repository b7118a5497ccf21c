import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import type { Dropped } from '#lib/disclosure/cohort-reason.ts';

/**
 * The tables of a cohort's files, long and tidy: one figure a row. Names and values are words for programs, the same in
 * every language; the codebook says what they mean in Dutch and English.
 */

/** A table, by the name of its file and sheet. */
export type TableName = keyof typeof COLUMNS;

export const COLUMNS = {
  /** Figures over schools. */
  figures: [
    ...['cohort', 'round', 'list', 'level', 'competency', 'cluster', 'aspect', 'view', 'figure'],
    ...['value', 'low', 'high', 'n', 'schools', 'flagged', 'reason', 'since'],
  ],
  /** Single schools, only where the cohort's setting shares them. */
  schools: [
    ...['cohort', 'round', 'list', 'school', 'level', 'competency', 'cluster', 'aspect', 'view'],
    ...['score', 'class', 'reading', 'reason'],
  ],
  codebook: ['column', 'list', 'value', 'nl', 'en', 'competency', 'cluster'],
} as const;

/** What a row of `figures` is about. Shares are 0–1; `reading.<reading>` counts school rounds. */
export const FIGURES = [
  ...['mean', 'gap', 'gap_size', 'gap_large'],
  ...['reading.check_meaning', 'reading.not_observed', 'reading.seen_differently', 'reading.insufficient'],
  ...['reading.shared_view', 'unclear', 'cannot_judge', 'noise'],
  ...['change', 'change_g', 'earlier_stayed', 'earlier_left'],
] as const;
/** `dropped.<reason>` counts the school rounds that are not in a change. */
export type FigureName = (typeof FIGURES)[number] | `dropped.${Dropped}`;

/** Where each aspect of a list belongs. */
export type Place = { list: string; competency: string; cluster: string };

/** A list by key and version. */
export function listName({ key, version }: { key: string; version: string }): string {
  return `${key}@${version}`;
}

const NEUTRAL: Readonly<Partial<Record<AspectClass, string>>> = {
  contested: 'others_differ',
  blind_spot: 'self_higher',
};

/** The word of a class in a file that a trainer opens: two of the machine words are verdicts (product.md, The report). */
export function fileClass(word: AspectClass | CompetencyClass): string {
  return NEUTRAL[word] ?? word;
}
