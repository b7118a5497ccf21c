import { describe, expect, it } from 'vitest';
import { ACTIONS, may, RIGHTS, type Action, type Actor, type Scope, type UserActor } from './permissions.ts';

const nobody: UserActor = {
  ...{ kind: 'user', userId: 'u', name: 'Somebody', personId: null, admin: false, trainer: false },
  ...{ cohortIds: [], programmeIds: [] },
};
/** Everything that could give a right: the report is released, the cohort lets its trainer see single schools, a plan is shared. */
const own: Scope = {
  ...{ cohortId: 'own', programmeId: 'own', schoolPeople: ['person'], released: true, trainerSeesSchools: true },
  ...{ writerId: 'person', shared: true },
  participants: ['person'],
};
const foreign: Scope = {
  ...own,
  cohortId: 'foreign',
  programmeId: 'foreign',
  schoolPeople: ['other'],
  writerId: 'other',
  participants: ['other'],
};

const ACTORS = {
  rater: null,
  'school person': { ...nobody, personId: 'person' },
  trainer: { ...nobody, trainer: true, cohortIds: ['own'] },
  steering: { ...nobody, programmeIds: ['own'] },
  admin: { ...nobody, admin: true },
} satisfies Record<string, Actor | null>;
type Column = keyof typeof ACTORS;

/** The rows of the table in product.md ("Roles and rights") that are about more than one's own form. */
const TABLE: Record<Action, readonly Column[]> = {
  see_school_report: ['school person', 'trainer'],
  see_progress: ['trainer', 'admin'],
  see_cohort_figures: ['trainer'],
  see_programme: ['trainer', 'steering'],
  // Progress, in totals: product.md gives it to all three.
  see_coverage: ['trainer', 'steering', 'admin'],
  note_programme: ['steering'],
  write_action_plan: ['school person'],
  see_action_plan: ['school person', 'trainer'],
  // Whoever takes part in a cohort is somebody of a school: the IB'er, in a programme for pairs the director too.
  take_part: ['school person'],
  manage_cohort: ['trainer'],
  create_cohort: ['trainer'],
  // What may be chosen for a round, to look at; product.md has it under managing rounds and instruments.
  see_lists: ['trainer', 'admin'],
  manage_accounts: ['admin'],
  manage_instruments: ['admin'],
  manage_templates: ['admin'],
  manage_demonstration: ['admin'],
  manage_mail: ['admin'],
  see_audit: ['admin'],
  manage_retention: ['admin'],
  import_responses: [],
  export_responses: [],
};
const columns: Column[] = ['rater', 'school person', 'trainer', 'steering', 'admin'];
const cells = ACTIONS.flatMap((action) =>
  columns.map((column) => ({ action, column, allowed: TABLE[action].includes(column) })),
);

describe('the table of rights, cell by cell', () => {
  it.each(cells)('$column, $action, own object: $allowed', ({ action, column, allowed }) => {
    expect(may(ACTORS[column], action, own)).toBe(allowed);
  });

  const global: Action[] = [
    'create_cohort',
    'see_lists',
    'manage_accounts',
    'manage_instruments',
    'manage_templates',
    'manage_demonstration',
    'manage_mail',
    'see_audit',
    'manage_retention',
  ];
  it.each(cells)('$column, $action, foreign object', ({ action, column, allowed }) => {
    const isAboutAll =
      global.includes(action) || (column === 'admin' && ['see_progress', 'see_coverage'].includes(action));
    expect(may(ACTORS[column], action, foreign)).toBe(allowed && isAboutAll);
  });

  it('without a scope nobody may touch a cohort, a programme or a report', () => {
    for (const actor of Object.values(ACTORS)) {
      for (const action of ['manage_cohort', 'see_cohort_figures', 'see_programme', 'see_school_report'] as const) {
        expect(may(actor, action), action).toBe(false);
      }
    }
  });

  it('nobody with an account may have answers of single raters: only the operator exports them', () => {
    for (const action of ['export_responses', 'import_responses'] as const) {
      const standings = Object.entries(RIGHTS).filter(([, actions]) => actions.includes(action));
      expect(standings.map(([standing]) => standing)).toEqual(['operator']);
    }
    expect(may({ kind: 'operator' }, 'export_responses')).toBe(true);
    expect(may({ kind: 'operator' }, 'manage_cohort', own)).toBe(false);
  });
});

describe('a school report', () => {
  const { trainer, admin } = ACTORS;
  const person = ACTORS['school person'];

  it('is closed to everybody until it is released', () => {
    for (const actor of Object.values(ACTORS)) {
      expect(may(actor, 'see_school_report', { ...own, released: false })).toBe(false);
    }
  });

  it('is closed to the trainer where the cohort says so, and to an administrator always', () => {
    expect(may(trainer, 'see_school_report', { ...own, trainerSeesSchools: false })).toBe(false);
    expect(may(person, 'see_school_report', { ...own, trainerSeesSchools: false })).toBe(true);
    expect(may(admin, 'see_school_report', own)).toBe(false);
    expect(may({ ...trainer, admin: true }, 'see_school_report', { ...own, trainerSeesSchools: false })).toBe(false);
  });
});

it('an action plan is its writer’s alone until it is shared, and never an administrator’s', () => {
  const kept = { ...own, shared: false };
  expect(may(ACTORS['school person'], 'see_action_plan', kept)).toBe(true);
  for (const actor of [ACTORS.trainer, ACTORS.admin, ACTORS.steering, { kind: 'operator' } as const]) {
    expect(may(actor, 'see_action_plan', kept)).toBe(false);
  }
});

it('rights add up: an administrator who is trainer too has both, each for its own objects', () => {
  const both = { ...ACTORS.trainer, admin: true };
  expect(may(both, 'manage_accounts')).toBe(true);
  expect(may(both, 'manage_cohort', own)).toBe(true);
  expect(may(both, 'manage_cohort', foreign)).toBe(false);
});

it('a trainer of one cohort who may not make cohorts manages that one only', () => {
  const guest = { ...nobody, cohortIds: ['own'] };
  expect(may(guest, 'create_cohort')).toBe(false);
  expect(may(guest, 'manage_cohort', own)).toBe(true);
});
