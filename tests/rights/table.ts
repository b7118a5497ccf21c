import type { Objects } from './stage.ts';

/**
 * Who may ask what of every route: product.md's table ("Roles and rights"), written out for what there is to ask. Whoever
 * is not named is denied. A route, action or method of the built server without a line here fails the walk, and so does a
 * line of which the server knows nothing.
 *
 * Somebody's standing is towards the very object: `trainer` is the trainer of the cohort that the address names.
 */
export type Standing =
  | 'everybody'
  | 'has account'
  | 'any trainer'
  | 'any steering'
  | 'admin'
  | 'trainer'
  | 'trainer who sees schools'
  | 'school'
  | 'director'
  | 'form';

export type Line = {
  who: Standing[];
  /** A form that would do it, or a JSON body; without one an empty form. */
  body?: (objects: Objects) => Record<string, string> | { json: object };
  /** What the address names, where it is not the thing of that name on the stage (stage.ts, Objects). */
  params?: (objects: Objects) => Record<string, string>;
};

const may = (...who: Standing[]): Line => ({ who });
const sends = (who: Standing[], body: NonNullable<Line['body']>): Line => ({ who, body });
const trainer = may('trainer');
const form = may('form');
const admin = may('admin');
const planned = (line: Line): Line => ({ ...line, params: ({ planned: round }) => ({ round }) });
const ofColleague = (line: Line): Line => ({ ...line, params: ({ colleague: user }) => ({ user }) });
const ofAdmin = (line: Line): Line => ({ ...line, params: ({ secondAdmin: user }) => ({ user }) });
const school = ({ openSchoolRound }: Objects) => ({ school: openSchoolRound });
const closedSchool = ({ schoolRound }: Objects) => ({ school: schoolRound });
const person = { name: 'Nieuw', email: 'nieuw@post.example' };

export const TABLE: Record<string, Record<string, Line>> = {
  // --- everybody: what is there opens nothing by itself -----------------------------------------------------------
  '/(public)': { GET: may('everybody') },
  '/(public)/healthz': { GET: may('everybody') },
  '/(public)/language': { POST: sends(['everybody'], () => ({ language: 'nl', to: '/' })) },
  '/(public)/sign-in': { GET: may('everybody') },
  '/(public)/sign-in/[token]': { GET: may('everybody'), POST: may() },
  '/(public)/sign-out': { POST: may('everybody') },
  '/(public)/setup/[token]': { GET: may(), POST: sends([], () => person) },
  // Whoever has the link.
  '/(public)/f/[token]': { GET: may('everybody'), POST: may('everybody') },
  '/(rater)/stopped': { GET: may('everybody') },

  // --- a rater: the own form --------------------------------------------------------------------------------------
  '/(rater)/form/[response]': { GET: form, POST: sends(['form'], () => ({ consent: 'yes' })) },
  '/(rater)/form/[response]/[page]': { GET: form, POST: sends(['form'], () => ({ go: 'next' })) },
  '/(rater)/form/[response]/answers': { GET: form },
  '/(rater)/form/[response]/answers/[aspect]': {
    PUT: sends(['form'], () => ({
      json: { score: 3, cannotJudge: false, reason: null, unclear: false, comment: '', changedAt: 1 },
    })),
  },
  '/(rater)/form/[response]/scale/[competency]': {
    PUT: sends(['form'], () => ({ json: { value: 3, notes: [], changedAt: 1 } })),
  },
  '/(rater)/form/[response]/look-back': { GET: may(), POST: may() },
  '/(rater)/form/[response]/look-back/[competency]': {
    PUT: sends(['form'], () => ({ json: { value: 3, changedAt: 1 } })),
  },
  '/(rater)/form/[response]/open': { GET: form, POST: form },
  '/(rater)/form/[response]/receipt': { GET: form },
  // Stopping without a form to stop changes nothing.
  '/(rater)/form/[response]/stop': { GET: form, POST: may('everybody') },

  // --- IB'er and director: the school's released report -----------------------------------------------------------
  '/(school)/reports': { GET: may('has account') },
  '/(school)/reports/[schoolRound]': {
    GET: may('school', 'trainer who sees schools'),
    'POST ?/confirm': sends(['director'], () => ({ develop: 'yes' })),
  },
  '/(school)/reports/[schoolRound]/files/[file]': {
    GET: may('school', 'trainer who sees schools'),
    HEAD: may('has account'),
  },

  // --- a trainer: the own cohorts ---------------------------------------------------------------------------------
  '/(trainer)/cohorts': { GET: may('any trainer') },
  '/(trainer)/cohorts/new': {
    GET: may('any trainer'),
    POST: sends(['any trainer'], () => ({
      ...{ name: 'Nieuw', programme: 'Leergang', partnership: 'Verband', trainerSeesSchools: 'no' },
    })),
  },
  '/(trainer)/cohorts/[cohort]': { GET: trainer },
  '/(trainer)/cohorts/[cohort]/settings': {
    GET: trainer,
    POST: sends(['trainer'], () => ({ name: 'Hernoemd', trainerSeesSchools: 'no' })),
  },
  '/(trainer)/cohorts/[cohort]/schools/new': {
    GET: trainer,
    POST: sends(['trainer'], () => ({ school: 'Nieuw', ibName: 'Nieuw', ibEmail: 'ib@post.example', teachers: '' })),
  },
  '/(trainer)/cohorts/[cohort]/rounds/new': {
    GET: trainer,
    POST: sends(['trainer'], () => ({ name: 'T9', instrumentVersionId: 'none' })),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]': {
    GET: trainer,
    'POST ?/add': sends(['trainer'], () => ({ role: 'teacher', ...person })),
    'POST ?/signIn': sends(['trainer'], ({ member }) => ({ member })),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/remove/[member]': { GET: trainer, POST: trainer },
  '/(trainer)/rounds/[round]': {
    GET: trainer,
    'POST ?/mode': sends(['trainer'], (o) => ({ ...school(o), mode: 'open' })),
    'POST ?/link': sends(['trainer'], (o) => ({ ...school(o), invitation: o.invitation })),
    'POST ?/links': sends(['trainer'], school),
    'POST ?/release': sends(['trainer'], school),
    'POST ?/releaseAll': trainer,
    'POST ?/withdraw': sends(['trainer'], closedSchool),
  },
  '/(trainer)/rounds/[round]/open': { GET: planned(trainer), POST: planned(trainer) },
  '/(trainer)/rounds/[round]/cancel': { GET: planned(trainer), POST: planned(trainer) },
  '/(trainer)/rounds/[round]/close': { GET: trainer, POST: trainer },

  // --- a steering group: the own programmes -----------------------------------------------------------------------
  '/(steering)/programmes': { GET: may('any steering') },

  // --- an administrator: no scores --------------------------------------------------------------------------------
  '/(admin)/admin': { GET: admin },
  '/(admin)/admin/people': { GET: admin, 'POST ?/add': sends(['admin'], () => ({ ...person, trainer: 'on' })) },
  '/(admin)/admin/people/[user]': {
    GET: ofColleague(admin),
    'POST ?/roles': ofColleague(sends(['admin'], () => ({ trainer: 'on', version: 'trainer:' }))),
    'POST ?/mail': ofColleague(admin),
    'POST ?/link': ofColleague(admin),
    'POST ?/signOut': ofColleague(admin),
  },
  '/(admin)/admin/people/[user]/administrator': { GET: ofAdmin(admin), POST: ofAdmin(admin) },
  '/(admin)/admin/people/[user]/second-step': { GET: ofColleague(admin), POST: ofColleague(admin) },
  '/(admin)/admin/people/[user]/access': { GET: ofColleague(admin), POST: ofColleague(admin) },
  '/(admin)/admin/audit': { GET: admin },
  '/(admin)/admin/audit/file': { GET: admin, HEAD: admin },
  '/(admin)/admin/examples': { GET: admin, POST: admin },
  '/(admin)/admin/examples/remove': { GET: admin, POST: admin },
};
