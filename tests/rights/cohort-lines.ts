import type { Line } from './table.ts';

const trainer: Line = { who: ['trainer'] };
const sends = (body: NonNullable<Line['body']>): Line => ({ ...trainer, body });
const closed = (line: Line): Line => ({ ...line, params: ({ closed: round }) => ({ round }) });

/** Who may ask what about the figures of a cohort and its people’s shared plans (table.ts): its own trainer. */
export const COHORT_LINES: Record<string, Record<string, Line>> = {
  // The plans that their writers share with it; what another keeps, nobody else reads.
  '/(trainer)/cohorts/[cohort]/action-plans': { GET: trainer },
  '/(trainer)/rounds/[round]/dashboard': { GET: closed(trainer) },
  '/(trainer)/rounds/[round]/dashboard/aspects/[aspect]': {
    GET: { ...trainer, params: ({ closed: round }) => ({ round, aspect: 'C1.01' }) },
  },
  '/(trainer)/rounds/[round]/session': {
    GET: closed(trainer),
    'POST ?/save': closed(sends(() => ({ 'note.': 'Nieuw', 'version.': '0' }))),
    'POST ?/keep': closed(sends(() => ({ 'note.C1.02': 'Getypt', 'version.C1.02': '0' }))),
    'POST ?/choose': closed(trainer),
    'POST ?/swap': closed(sends(() => ({ place: 'C1.01', 'seen.C1.01': 'C1.01', to: 'C1.02' }))),
    'POST ?/undo': closed(sends(() => ({ place: 'C1.01', 'seen.C1.01': 'C1.01' }))),
  },
  '/(trainer)/rounds/[round]/compare': { GET: closed(trainer) },
  '/(trainer)/rounds/[round]/export': { GET: closed(trainer) },
  '/(trainer)/rounds/[round]/export/[file]': {
    GET: { ...trainer, params: ({ closed: round }) => ({ round, file: 'figures.csv' }) },
    HEAD: { who: ['any trainer'] },
  },
};
