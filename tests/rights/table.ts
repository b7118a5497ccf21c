import { COHORT_LINES } from './cohort-lines.ts';
import { HAND_IN_LINES } from './hand-in-lines.ts';
import { LIST_LINES } from './list-lines.ts';
import { PROGRAMME_LINES } from './programme-lines.ts';
import { PLAN_LINES } from './plan-lines.ts';
import { SCHOOL_LINES } from './school-lines.ts';
import { SESSION_LINES } from './session-lines.ts';
import type { Objects } from './stage.ts';

/**
 * Who may ask what of every route: product.md's table ("Roles and rights"), written out for what there is to ask. Whoever
 * is not named is denied. A route, action or method of the built server without a line here fails the walk, and so does a
 * line of which the server knows nothing.
 *
 * Somebody's standing is towards the very object: `trainer` is the trainer of the cohort that the address names. `half` is
 * whoever has a role and has yet to give the second step, which has no account as far as this table goes.
 */
export type Standing =
  | 'everybody'
  | 'has account'
  | 'half'
  | 'gave the second step'
  | 'any trainer'
  | 'any steering'
  | 'admin'
  | 'trainer'
  | 'trainer who sees schools'
  | 'of the programme'
  | 'steering of it'
  | 'school'
  | 'participant'
  | 'writer'
  | 'director'
  | 'taking part'
  | 'handed in'
  | 'form';

export type Line = {
  who: Standing[];
  /** A form that would do it, or a JSON body; without one an empty form. */
  body?: (objects: Objects) => Record<string, string> | { json: object };
  /** What the address names, where it is not the thing of that name on the stage (stage.ts, Objects). */
  params?: (objects: Objects) => Record<string, string>;
  /** Where an account that may not is led, for it has nothing to do there; elsewhere it is not there. */
  ledOn?: string;
  /** The marks that this shows to all who may ask it, beside what they may read anywhere (standing.ts). */
  shows?: RegExp;
};

const may = (...who: Standing[]): Line => ({ who });
const sends = (who: Standing[], body: NonNullable<Line['body']>): Line => ({ who, body });
const trainer = may('trainer');
const form = may('form');
const admin = may('admin');
const planned = (line: Line): Line => ({ ...line, params: ({ planned: round }) => ({ round }) });
const plans = (body: Record<string, string>) => ({ GET: trainer, POST: sends(['trainer'], () => body) });
const pulse = (line: Line): Line => ({ ...line, params: ({ pulse: round }) => ({ round }) });
const ofColleague = (line: Line): Line => ({ ...line, params: ({ colleague: user }) => ({ user }) });
/** A teacher of the next school, with the own address (docs/decisions.md, Erasure). */
const ofPerson = (line: Line): Line => ({
  ...line,
  params: ({ person: id }) => ({ person: id }),
  shows: /^mark-[ab]-.*@$/,
});
const ofAdmin = (line: Line): Line => ({ ...line, params: ({ secondAdmin: user }) => ({ user }) });
const school = ({ openSchoolRound }: Objects) => ({ school: openSchoolRound });
const closedSchool = ({ schoolRound }: Objects) => ({ school: schoolRound });
const spare = (line: Line): Line => ({ ...line, params: ({ spare: cohort }) => ({ cohort }) });
const sent = (line: Line): Line => ({ ...line, params: ({ sent: invitation }) => ({ invitation }) });
const closed = (line: Line): Line => ({ ...line, params: ({ closed: round }) => ({ round }) });
const teacher = (line: Line): Line => ({ ...line, params: ({ teacher: member }) => ({ member }) });
/** For whoever is half signed in; whoever is signed in goes on to the front page. */
const secondStep = (body: Record<string, string> = {}): Line => ({ who: ['half'], body: () => body, ledOn: '/' });
const guarded = may('gave the second step');
const guards = (body: Record<string, string>): Line => sends(['gave the second step'], () => body);
/** An administrator reads to whom mail goes, and at which address (docs/decisions.md 72). */
const mail = (line: Line): Line => ({ ...line, shows: /^mark-[ab]-.*@$/ });
const TEAMS = `school;rol;naam;e-mail
Nieuw;ib;Nieuw;ib@post.example
Nieuw;directeur;Ook nieuw;directeur@post.example`;
/** The version of a series that its page sends along. */
const seen = ({ seriesVersion: version }: Objects) => ({ version });
const person = { name: 'Nieuw', email: 'nieuw@post.example' };

/** Of the own data: the own address, and the own words and forms; that they are the own, tests/db/personal-data.test.ts says. */
const OWN_ADDRESS = /^mark-a-own-(director|ib)\w@$/;
const OWN_WORDS = /^mark-a-(note|cohort|session|own-school|own-ib\w|remark-teacher)$/;

const OF_LINK = /^mark-[ab]-(cohort|own-school|own-(ib|teacher)\w)$/;

export const TABLE: Record<string, Record<string, Line>> = {
  // --- everybody: what is there opens nothing by itself -----------------------------------------------------------
  '/(public)': { GET: may('everybody') },
  '/(public)/healthz': { GET: may('everybody') },
  // There is nobody to name yet; that it names who is, tests/wire/https.test.ts says.
  '/(public)/[x+2e]well-known/security.txt': { GET: may() },
  '/(public)/language': { POST: sends(['everybody'], () => ({ language: 'nl', to: '/' })) },
  '/(public)/sign-in': { GET: may('everybody'), POST: sends(['everybody'], () => ({ email: person.email })) },
  '/(public)/sign-in/[token]': { GET: may('everybody'), POST: may() },
  '/(public)/privacy': { GET: may('everybody') },
  '/(public)/sign-out': { POST: may('everybody') },
  '/(public)/setup/[token]': { GET: may(), POST: sends([], () => person) },
  // Whoever has the link; before anything else it shows whose form it is.
  '/(public)/f/[token]': {
    GET: { ...may('everybody'), shows: OF_LINK },
    POST: { ...may('everybody'), shows: OF_LINK },
  },
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
  // There is no yes to take back here, and nobody ticks that the link may end: tests/db/own-choices.test.ts does.
  '/(rater)/form/[response]/receipt': { GET: form, 'POST ?/take_back': may(), 'POST ?/end_link': form },
  '/(rater)/form/[response]/data/[file]': {
    GET: { ...form, params: () => ({ file: 'my-data.json' }), shows: OWN_ADDRESS },
    HEAD: may('everybody'),
  },
  // Stopping without a form to stop changes nothing.
  '/(rater)/form/[response]/stop': { GET: form, POST: may('everybody') },

  // --- an account: its own --------------------------------------------------------------------------------------
  '/(second-step)/second-step': {
    GET: secondStep(),
    'POST ?/begin': secondStep(),
    'POST ?/confirm': secondStep({ code: '000000' }),
    'POST ?/code': secondStep({ code: '000000' }),
    'POST ?/recovery': secondStep({ recovery: 'aaaaa-aaaaa' }),
  },
  '/(account)/account': {
    GET: may('has account'),
    'POST ?/language': sends(['has account'], () => ({ language: 'nl' })),
    // The session is the trainer's; nobody ends another's.
    'POST ?/end': sends(['trainer'], ({ session }) => ({ session })),
  },
  '/(account)/account/data/[file]': {
    GET: { ...may('has account'), params: () => ({ file: 'my-data.json' }), shows: OWN_WORDS },
    HEAD: may('has account'),
  },
  '/(account)/account/everywhere': { GET: may('has account'), POST: may('has account') },
  // What guards an account: of an account that no second step is asked of, there is nothing, a former trainer's neither.
  '/(account)/account/confirm': { GET: guarded, POST: guards({ code: '000000' }) },
  '/(account)/account/second-step': {
    GET: guarded,
    'POST ?/device': guarded,
    'POST ?/confirm': guards({ code: '000000' }),
    'POST ?/codes': guarded,
  },
  '/(account)/account/password': { GET: guarded, POST: guards({ password: 'zeven blauwe fietsen bij de brug' }) },

  ...SCHOOL_LINES,

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
  '/(trainer)/cohorts/[cohort]/schools/import': {
    GET: trainer,
    'POST ?/preview': sends(['trainer'], () => ({ text: TEAMS })),
    'POST ?/add': sends(['trainer'], () => ({ text: TEAMS })),
  },
  '/(trainer)/cohorts/[cohort]/schools/template/[file]': {
    GET: { ...trainer, params: () => ({ file: 'example.csv' }) },
  },
  '/(trainer)/cohorts/[cohort]/rounds/new': plans({ name: 'T9', instrumentVersionId: 'none' }),
  '/(trainer)/cohorts/[cohort]/rounds/new/pulse': plans({ name: 'K9', aspect: 'none', list: 'none' }),
  '/(trainer)/rounds/[round]/aspects': {
    GET: pulse(trainer),
    POST: pulse(sends(['trainer'], () => ({ aspect: 'C1.02', version: '1' }))),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]': {
    GET: trainer,
    'POST ?/add': sends(['trainer'], () => ({ role: 'teacher', ...person })),
    'POST ?/rejoin': trainer,
    'POST ?/signIn': sends(['trainer'], ({ member }) => ({ member })),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/people/[member]': {
    GET: teacher(trainer),
    POST: teacher(sends(['trainer'], (o) => ({ ...person, ...seen(o), language: 'nl', who: 'same' }))),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/people/[member]/replace': {
    GET: teacher(trainer),
    POST: teacher(sends(['trainer'], (o) => ({ ...person, ...seen(o) }))),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/school': {
    GET: trainer,
    POST: sends(['trainer'], (o) => ({ school: 'Nieuwe naam', brin: '', ...seen(o) })),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/move': {
    GET: trainer,
    POST: sends(['trainer'], (o) => ({ to: o.spare, ...seen(o) })),
  },
  '/(trainer)/cohorts/[cohort]/series/[series]/remove/[member]': { GET: trainer, POST: trainer },
  '/(trainer)/rounds/[round]': {
    GET: trainer,
    'POST ?/mode': sends(['trainer'], (o) => ({ ...school(o), mode: 'open', seen: 'protected' })),
    'POST ?/link': sends(['trainer'], (o) => ({ ...school(o), invitation: o.invitation })),
    'POST ?/links': sends(['trainer'], school),
    'POST ?/retry': sends(['trainer'], (o) => ({ ...school(o), mail: o.failedMail })),
  },
  '/(trainer)/rounds/[round]/open': {
    GET: planned(trainer),
    POST: planned(sends(['trainer'], () => ({ version: '1', beside: 'yes' }))),
  },
  '/(trainer)/rounds/[round]/cancel': { GET: planned(trainer), POST: planned(trainer) },
  '/(trainer)/rounds/[round]/response': { GET: trainer },
  '/(trainer)/rounds/[round]/remind': { GET: trainer, POST: trainer },
  '/(trainer)/rounds/[round]/dates': {
    GET: trainer,
    POST: sends(['trainer'], ({ roundVersion: version }) => ({ closesOn: '2099-01-31', version })),
  },
  '/(trainer)/rounds/[round]/forms/[invitation]/reopen': { GET: sent(trainer), POST: sent(trainer) },
  '/(trainer)/rounds/[round]/withdraw': { GET: trainer, POST: sends(['trainer'], closedSchool) },
  '/(trainer)/rounds/[round]/close': { GET: trainer, POST: trainer },
  '/(trainer)/rounds/[round]/release': { GET: trainer, POST: sends(['trainer'], school) },
  // Of two schools: it says why there are no figures, and has no place to swap.
  '/(trainer)/rounds/[round]/reopen': {
    GET: closed(trainer),
    POST: closed(sends(['trainer'], () => ({ closesOn: '2099-01-31' }))),
  },
  // Last, for what others need is gone then.
  '/(trainer)/cohorts/[cohort]/series/[series]/leave': { GET: trainer, POST: sends(['trainer'], seen) },
  '/(trainer)/cohorts/[cohort]/remove': { GET: spare(trainer), POST: spare(trainer) },

  ...COHORT_LINES,
  ...LIST_LINES,
  ...PLAN_LINES,
  ...SESSION_LINES,
  ...HAND_IN_LINES,
  ...PROGRAMME_LINES,

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
  '/(admin)/admin/mail': {
    GET: mail(admin),
    'POST ?/test': mail(admin),
    'POST ?/read': mail(sends(['admin'], (o) => ({ mail: o.waitingMail }))),
    'POST ?/retry': mail(sends(['admin'], (o) => ({ mail: o.failedMail }))),
    'POST ?/retryAll': mail(admin),
  },
  '/(admin)/admin/privacy': {
    GET: admin,
    POST: sends(['admin'], () => ({ controller: 'Nieuw bestuur', version: '[null,null,null,null]' })),
  },
  // Whom something is kept of, and at which address; how much, never what.
  '/(admin)/admin/personal-data': { GET: admin, 'POST ?/eraseWaiting': sends(['admin'], ({ entry }) => ({ entry })) },
  '/(admin)/admin/personal-data/[person]': { GET: ofPerson(admin) },
  '/(admin)/admin/personal-data/[person]/erase': {
    GET: ofPerson(admin),
    POST: ofPerson(sends(['admin'], (o) => ({ name: o.personName }))),
  },
  '/(admin)/admin/privacy/retention': { GET: admin },
  '/(admin)/admin/privacy/retention/[unit]': {
    GET: admin,
    POST: sends(['admin'], () => ({ months: '24', version: ' 12 ' })),
  },
  '/(admin)/admin/backups': { GET: admin, POST: admin },
  '/(admin)/admin/audit': { GET: admin },
  '/(admin)/admin/audit/file': { GET: admin, HEAD: admin },
  '/(admin)/admin/examples': { GET: admin, POST: admin },
  '/(admin)/admin/examples/remove': { GET: admin, POST: admin },
};
