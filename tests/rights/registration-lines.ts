import type { Line } from './table.ts';

const trainer: Line = { who: ['trainer'] };
const sends = (body: NonNullable<Line['body']>): Line => ({ ...trainer, body });

/** Of a link to register: the name of the cohort, as whoever has the link may know. */
const ofLink: Line = {
  ...{ who: ['everybody'], params: ({ registrationToken: token }) => ({ token }), shows: /^mark-[ab]-cohort$/ },
};
/** Nobody on the stage has opened a link: the cookie is what lets in (tests/routes/registration.test.ts). */
const nobody: Line = { who: [] };
const SETTINGS = { min: '1', max: '9', pairs: 'yes', lastOn: '2098-12-01', startsOn: '2099-01-31', about: '' };
const SCHOOL = { school: 'Nieuw', ibName: 'Nieuw', ibEmail: 'nieuw@post.example', language: 'nl', agreed: 'yes' };

/** Who may ask what about registration (table.ts): the cohort's own trainer, and whoever has a link. */
export const REGISTRATION_LINES: Record<string, Record<string, Line>> = {
  // First, for a new link ends the one that is planted.
  '/(public)/r/[token]': { GET: ofLink, POST: ofLink },
  '/(trainer)/cohorts/[cohort]/registration': {
    GET: trainer,
    'POST ?/link': trainer,
    'POST ?/give': sends(() => ({ seen: '' })),
    'POST ?/close': trainer,
    'POST ?/reopen': trainer,
  },
  '/(trainer)/cohorts/[cohort]/registration/settings': {
    GET: trainer,
    POST: sends(() => ({ ...SETTINGS, version: '1' })),
  },
  '/(trainer)/cohorts/[cohort]/registration/[entry]/withdraw': { GET: trainer, POST: trainer },
  '/(public)/register/[cohort]': { GET: nobody, POST: { ...nobody, body: () => SCHOOL } },
  '/(public)/registration/[entry]': {
    GET: nobody,
    'POST ?/save': { ...nobody, body: () => ({ ...SCHOOL, version: '1' }) },
    // Stopping without anything to stop changes nothing.
    'POST ?/leave': { who: ['everybody'] },
  },
  '/(public)/registration/[entry]/withdraw': { GET: nobody, POST: nobody },
};
