import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';

/** A drawing of a report: as lines that stay sharp, or as a picture that every program takes. */
export type ChartKind = ({ kind: 'triptych' | 'rounds' | 'balance' } | { kind: 'gaps'; code: string }) & {
  as: 'svg' | 'png';
};

/** What can be downloaded of a report, by the last part of its address; the code is a competency's. */
export type FileKind = { kind: 'report' | 'summary' | 'aspects' | 'competencies' | 'workbook' } | ChartKind;

const FILES: Readonly<Record<string, Exclude<FileKind, ChartKind>['kind']>> = {
  'report.pdf': 'report',
  'summary.pdf': 'summary',
  'aspects.csv': 'aspects',
  'competencies.csv': 'competencies',
  'figures.xlsx': 'workbook',
};

/** Which file an address asks for; null when there is none of that name. */
export function fileKind(file: string): FileKind | null {
  const kind = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
  if (kind) return { kind };
  const [, name, code = '', ending] = /^(triptych|rounds|balance|gaps-(.+))\.(svg|png)$/.exec(file) ?? [];
  const as = ending === 'png' ? 'png' : 'svg';
  if (name === 'triptych' || name === 'rounds' || name === 'balance') return { kind: name, as };
  return name === undefined ? null : { kind: 'gaps', code, as };
}

/**
 * The name under which a file is kept, such as `drieluik-de-wingerd-t2.pdf`: school and round, in plain letters that every
 * system takes, and no name of a person.
 */
export function fileName(of: { schoolName: string; round: string }, file: FileKind, locale: Locale): string {
  const base = ['drieluik', of.schoolName, of.round].map(plain).filter(Boolean).join('-');
  const at = { locale };
  switch (file.kind) {
    case 'report':
      return `${base}.pdf`;
    case 'summary':
      return `${base}-${m.files_name_summary({}, at)}.pdf`;
    case 'aspects':
      return `${base}-${m.files_name_aspects({}, at)}.csv`;
    case 'competencies':
      return `${base}-${m.files_name_competencies({}, at)}.csv`;
    case 'workbook':
      return `${base}.xlsx`;
    case 'triptych':
      return `${base}-${m.files_name_triptych({}, at)}.${file.as}`;
    case 'rounds':
      return `${base}-${m.files_name_rounds({}, at)}.${file.as}`;
    case 'balance':
      return `${base}-${m.files_name_balance({}, at)}.${file.as}`;
    case 'gaps':
      return `${base}-${m.files_name_gaps({ code: plain(file.code) }, at)}.${file.as}`;
  }
}

/** At most forty small letters, digits and dashes; what has no plain letter of its own becomes a dash. */
export function plain(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const known = letters.replace(/[łøđ]/g, (letter) => ({ ł: 'l', ø: 'o', đ: 'd' })[letter] ?? letter);
  return known
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}
