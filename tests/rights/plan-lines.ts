import { REGISTRATION_LINES } from './registration-lines.ts';
import type { Line } from './table.ts';

const admin: Line = { who: ['admin'] };
const trainer: Line = { who: ['trainer'] };
const sends = (body: NonNullable<Line['body']>): Line => ({ ...trainer, body });
const meeting = (line: Line): Line => ({ ...line, params: ({ meeting: session }) => ({ session }) });
/** Ambitions belong to the programme, which is that of both cohorts. */
const shared: Line = { ...trainer, shows: /^mark-[ab]-ambition$/ };
/** A refused form of a new ambition names those that stand there, of all cohorts of the programme. */
const newOne = (line: Line): Line => ({ ...shared, ...line, params: () => ({ ambition: 'new' }) });
const SESSION = {
  ...{ title: 'Bijeenkomst', day: '2027-01-14', start: '09:30', end: '12:30', hours: '3', year: '1', version: '1' },
};

/** Who may ask what about the plan of a cohort (table.ts): its own trainer; templates are the administrator's. */
export const PLAN_LINES: Record<string, Record<string, Line>> = {
  ...REGISTRATION_LINES,
  '/(trainer)/cohorts/[cohort]/plan': {
    GET: trainer,
    'POST ?/cancel': sends(({ meeting: id }) => ({ kind: 'session', id, version: '1' })),
    'POST ?/putBack': sends(({ meeting: id }) => ({ kind: 'session', id, version: '2' })),
  },
  '/(trainer)/cohorts/[cohort]/plan/sessions/[session]': {
    GET: meeting(trainer),
    POST: meeting(sends(() => ({ ...SESSION, version: '3' }))),
  },
  '/(trainer)/cohorts/[cohort]/plan/assignments/[assignment]': {
    GET: trainer,
    POST: { ...sends(() => SESSION), params: () => ({ assignment: 'new' }) },
  },
  '/(trainer)/cohorts/[cohort]/plan/rounds': {
    GET: trainer,
    POST: sends(() => ({ newName: 'T7', newDay: '2027-06-17', newYear: '1' })),
  },
  '/(trainer)/cohorts/[cohort]/ambitions': { GET: shared },
  '/(trainer)/cohorts/[cohort]/ambitions/[ambition]': {
    GET: shared,
    'POST ?/save': newOne(sends(() => ({ title: 'Nieuw', listKey: 'ib-180', aspect: 'C1.01', stamp: 'none' }))),
    'POST ?/remove': newOne(sends(() => ({ stamp: 'none' }))),
  },
  '/(trainer)/cohorts/[cohort]/plan/move': { GET: trainer, POST: sends(() => ({ weeks: '1', stamp: '0' })) },
  '/(admin)/admin/templates': { GET: admin },
  '/(admin)/admin/templates/[template]': {
    GET: admin,
    'POST ?/copy': { ...admin, body: ({ cohort }) => ({ key: `kopie-${cohort.slice(-8)}`, version: '2' }) },
    'POST ?/publish': { ...admin, body: () => ({ revision: '1' }) },
    'POST ?/retire': admin,
    'POST ?/back': admin,
  },
  '/(admin)/admin/templates/[template]/edit': { GET: admin, POST: admin },
};
