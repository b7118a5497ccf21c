import { stringify } from 'csv-stringify/sync';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Localized } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';
import { escapeFormula } from './formula.ts';
import { LONG_FORM_COLUMNS } from './columns.ts';
import type { LongFormColumn } from './columns.ts';

/** What a column of the long form, or one value in it, means. Aspects also say where they belong. */
type CodebookRow = {
  variable: LongFormColumn;
  /** Empty on the row that is about the column itself. */
  value: string;
  label: string;
  label_self?: string;
  competency?: string;
  cluster?: string;
};

const COLUMNS = ['variable', 'value', 'label', 'label_self', 'competency', 'cluster'] as const;

type Locale = keyof Localized;

/** The codebook of an export: each column in the order of the file, followed by its values as this list has them. */
export function codebookRows(instrument: Instrument, locale: Locale): CodebookRow[] {
  return LONG_FORM_COLUMNS.flatMap((variable) => [
    { variable, value: '', label: columnLabel(variable, locale) },
    ...valuesOf(variable, instrument, locale),
  ]);
}

/** The codebook as CSV, header first, its texts safe to open in a spreadsheet. */
export function codebookCsv(instrument: Instrument, locale: Locale): string {
  const rows = codebookRows(instrument, locale);
  return stringify([[...COLUMNS], ...rows.map((row) => COLUMNS.map((column) => escapeFormula(row[column] ?? '')))]);
}

function columnLabel(column: LongFormColumn, locale: Locale): string {
  const labels: Record<LongFormColumn, (inputs: Record<string, never>, options: { locale: Locale }) => string> = {
    cohort: m.codebook_cohort,
    school: m.codebook_school,
    round: m.codebook_round,
    role: m.codebook_role,
    rater: m.codebook_rater,
    aspect: m.codebook_aspect,
    score: m.codebook_score,
    status: m.codebook_status,
    unclear: m.codebook_unclear,
    ratee: m.codebook_ratee,
    comment: m.codebook_comment,
  };
  return labels[column]({}, { locale });
}

function valuesOf(variable: LongFormColumn, instrument: Instrument, locale: Locale): CodebookRow[] {
  if (variable === 'role') {
    return instrument.roles.map(({ key, title }) => ({ variable, value: key, label: title[locale] }));
  }
  if (variable === 'score') {
    return instrument.scale.labels.map((label) => ({ variable, value: String(label.value), label: label[locale] }));
  }
  if (variable === 'status') {
    return [
      { variable, value: 'J', label: m.codebook_status_j({}, { locale }) },
      { variable, value: 'C', label: m.codebook_status_c({}, { locale }) },
      { variable, value: 'M', label: m.codebook_status_m({}, { locale }) },
    ];
  }
  if (variable === 'unclear') {
    return [
      { variable, value: '0', label: m.codebook_unclear_0({}, { locale }) },
      { variable, value: '1', label: m.codebook_unclear_1({}, { locale }) },
    ];
  }
  return variable === 'aspect' ? aspectRows(instrument, locale) : [];
}

function aspectRows(instrument: Instrument, locale: Locale): CodebookRow[] {
  return instrument.competencies.flatMap((competency) =>
    competency.clusters.flatMap((cluster) =>
      cluster.aspects.map((aspect) => ({
        variable: 'aspect' as const,
        value: aspect.code,
        label: aspect.other[locale],
        label_self: aspect.self[locale],
        competency: `${competency.code} ${competency.title[locale]}`,
        cluster: cluster.title[locale],
      })),
    ),
  );
}
