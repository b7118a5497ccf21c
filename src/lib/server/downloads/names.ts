import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';

/** What can be downloaded of a report, by the last part of its address; the code is a competency's. */
export type FileKind =
  | { kind: 'report' | 'summary' | 'aspects' | 'competencies' | 'workbook' | 'triptych' | 'rounds' }
  | { kind: 'gaps'; code: string };

const FILES: Readonly<Record<string, Exclude<FileKind, { kind: 'gaps' }>['kind']>> = {
  'report.pdf': 'report',
  'summary.pdf': 'summary',
  'aspects.csv': 'aspects',
  'competencies.csv': 'competencies',
  'figures.xlsx': 'workbook',
  'triptych.svg': 'triptych',
  'rounds.svg': 'rounds',
};

/** Which file an address asks for; null when there is none of that name. */
export function fileKind(file: string): FileKind | null {
  const kind = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
  if (kind) return { kind };
  const code = /^gaps-(.+)\.svg$/.exec(file)?.[1];
  return code === undefined ? null : { kind: 'gaps', code };
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
      return `${base}-${m.files_name_triptych({}, at)}.svg`;
    case 'rounds':
      return `${base}-${m.files_name_rounds({}, at)}.svg`;
    case 'gaps':
      return `${base}-${m.files_name_gaps({ code: plain(file.code) }, at)}.svg`;
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
