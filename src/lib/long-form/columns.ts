import type { Role } from '#lib/instrument/types.ts';

/** The columns of the long form of responses that every file has (interfaces.md, Long form of responses). */
export const REQUIRED_COLUMNS = [
  'cohort',
  'school',
  'round',
  'role',
  'rater',
  'aspect',
  'score',
  'status',
  'unclear',
] as const;

const OPTIONAL_COLUMNS = ['ratee', 'comment'] as const;

/** In the order in which an export writes them. */
export const LONG_FORM_COLUMNS = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS] as const;
export type LongFormColumn = (typeof LONG_FORM_COLUMNS)[number];

/** J judged, C cannot judge, M not answered (measurement.md §1). */
export type LongFormStatus = 'J' | 'C' | 'M';

/** One rater's answer to one aspect. */
export type LongFormEntry = {
  cohort: string;
  /** A BRIN, or the school's name. */
  school: string;
  /** `T0`, `T1` … */
  round: string;
  role: Role;
  rater: string;
  aspect: string;
  status: LongFormStatus;
  /** 1–5 with status J, else null. */
  score: number | null;
  unclear: boolean;
  /** Who was rated; null where the file does not say. */
  ratee: string | null;
  comment: string | null;
};

/** An entry with its place: the line (from 1) and the byte (from 0, without a byte order mark) at which it starts. */
export type LongFormRow = LongFormEntry & { line: number; start: number };
