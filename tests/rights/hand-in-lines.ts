import type { Line } from './table.ts';

const participant: Line = { who: ['taking part'] };
/** What the participant handed in and the feedback on it: to trainers one page shows them, and its file. */
const WORK = /^mark-[ab]-(work|feedback)$/;
const author: Line = { who: ['handed in'] };
const trainer: Line = { who: ['trainer'] };
const atWork = (line: Line): Line => ({
  ...{ ...line, shows: WORK },
  params: ({ cohort, assignment, participant: person }) => ({ cohort, assignment, person }),
});
const ofParticipant = (line: Line): Line => ({
  ...line,
  params: ({ cohort, participant: person }) => ({ cohort, person }),
});

/** Who may ask what about work that is handed in, and certificates (table.ts): whoever takes part, and the cohort's trainer. */
export const HAND_IN_LINES: Record<string, Record<string, Line>> = {
  '/(school)/assignments/[assignment]': {
    GET: participant,
    POST: { ...participant, body: () => ({ text: 'Nieuw', link: '', stamp: '' }) },
  },
  '/(school)/assignments/[assignment]/file': { GET: author, HEAD: { who: ['has account'] } },
  // Where nothing was handed in there is nothing to take back, which changes nothing.
  '/(school)/assignments/[assignment]/withdraw': { GET: author, POST: participant },
  // The session is not over yet: there is nothing to certify, which tells nobody else anything (tests/db/certificate.test.ts).
  '/(school)/certificates/[cohort]': { GET: participant, HEAD: { who: ['has account'] } },
  '/(trainer)/cohorts/[cohort]/sessions/certificates/[person]': {
    GET: ofParticipant(trainer),
    HEAD: ofParticipant({ who: ['any trainer'] }),
  },
  '/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in': { GET: trainer },
  '/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in/[person]': {
    GET: atWork(trainer),
    POST: atWork({ ...trainer, body: () => ({ text: 'Dank je wel.', version: '1', feedbackVersion: '1' }) }),
  },
  '/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]/handed-in/[person]/file': {
    GET: atWork(trainer),
    HEAD: atWork({ who: ['any trainer'] }),
  },
};
