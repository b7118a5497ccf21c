import type { Line } from './table.ts';

const trainer: Line = { who: ['trainer'] };
const atSession = (line: Line): Line => ({
  ...line,
  params: ({ cohort, trainingSession: session }) => ({ cohort, session }),
});
const sends = (body: NonNullable<Line['body']>): Line => ({ ...trainer, body });

/** Of a link that asks how useful a session was: whose it is and about what, as whoever has the link may know. */
const OF_QUESTION = /^mark-[ab]-(cohort|session|own-ib\w)$/;
const ofLink: Line = { who: ['everybody'], params: ({ usefulToken: token }) => ({ token }), shows: OF_QUESTION };
/** Nobody on the stage has entered: the cookie is what lets in (tests/routes/usefulness.test.ts). */
const nobody: Line = { who: [] };

/** Who may ask what about the sessions of a cohort (table.ts): its own trainer, and whoever has a link. */
export const SESSION_LINES: Record<string, Record<string, Line>> = {
  '/(trainer)/cohorts/[cohort]/sessions': { GET: trainer },
  '/(trainer)/cohorts/[cohort]/sessions/[session]': {
    GET: atSession(trainer),
    'POST ?/mark': atSession(sends(({ participant: person }) => ({ person, seen: 'open', presence: 'present' }))),
    'POST ?/rest': atSession(trainer),
    'POST ?/ask': atSession(trainer),
    'POST ?/link': atSession(sends(({ participant: person }) => ({ person }))),
    'POST ?/mailAgain': atSession(sends(({ participant: person }) => ({ person }))),
    'POST ?/closeQuestion': atSession(trainer),
  },
  '/(trainer)/cohorts/[cohort]/calendar': {
    GET: trainer,
    'POST ?/make': sends(() => ({ person: '' })),
    'POST ?/end': sends(() => ({ person: '' })),
  },
  // Whoever has the address; the name of the cohort and of its sessions, and of nobody.
  '/(public)/calendar/[token]/[file]': {
    GET: {
      who: ['everybody'],
      params: ({ calendarToken: token }) => ({ token, file: 'drieluik.ics' }),
      shows: /^mark-[ab]-(cohort|session|plan)$/,
    },
  },
  '/(public)/u/[token]': { GET: ofLink, POST: ofLink },
  '/(rater)/useful/[question]': { GET: nobody, POST: { ...nobody, body: () => ({ value: '7' }) } },
  // Stopping without a question to stop changes nothing.
  '/(rater)/useful/[question]/stop': { GET: { who: ['everybody'] }, POST: { who: ['everybody'] } },
};
