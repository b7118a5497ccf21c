import type { Line } from './table.ts';

const readers: Line = { who: ['school', 'trainer who sees schools'] };

const participant: Line = { who: ['participant'] };
/** Whoever wrote the plan; of the others nobody has one to tick or to share. */
const writer: Line = { who: ['writer'] };
const plan = { goal: 'Nieuw', version: '1', step1: 'Nieuw', day1: '' };

/**
 * Who may ask what of a school's released report (table.ts): its IB'er and director, and the trainer where the cohort says so;
 * and of an action plan: who takes part, the own one.
 */
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
  '/(school)/action-plans/[cohort]': {
    GET: participant,
    'POST ?/tick': { ...writer, body: ({ actionStep: step }) => ({ step, done: 'yes' }) },
    'POST ?/share': { ...writer, body: () => ({ shared: 'no' }) },
  },
  '/(school)/action-plans/[cohort]/edit': { GET: participant, POST: { ...participant, body: () => plan } },
  // Last, for it is gone then.
  '/(school)/action-plans/[cohort]/remove': {
    GET: participant,
    POST: { ...participant, body: () => ({ version: '1' }) },
  },
};
