import type { Line } from './table.ts';

/** Who may ask what of a programme (table.ts): its steering group, and trainers of its cohorts. */
export const PROGRAMME_LINES: Record<string, Record<string, Line>> = {
  '/(steering)/programmes/[programme]': { GET: { who: ['of the programme'] } },
};
