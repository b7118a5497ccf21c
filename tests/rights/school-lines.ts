import type { Line } from './table.ts';

const readers: Line = { who: ['school', 'trainer who sees schools'] };

/** Who may ask what of a school's released report (table.ts): its IB'er and director, and the trainer where the cohort says so. */
export const SCHOOL_LINES: Record<string, Record<string, Line>> = {
  '/(school)/reports': { GET: { who: ['has account'] } },
  '/(school)/reports/[schoolRound]': {
    GET: readers,
    'POST ?/confirm': { who: ['director'], body: () => ({ develop: 'yes' }) },
  },
  '/(school)/reports/[schoolRound]/files/[file]': {
    GET: readers,
    HEAD: { who: ['has account'] },
  },
};
