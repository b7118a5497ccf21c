/** Everything that a person may do beyond filling in the own form, by name. */
export const ACTIONS = [
  'create_cohort',
  'manage_cohort',
  'see_progress',
  'see_school_report',
  'see_cohort_figures',
  'see_programme',
  // How many cohorts and schools a partnership has, and how many of them took part: no answers.
  'see_coverage',
  'note_programme',
  // A participant's personal action plan.
  'write_action_plan',
  'see_action_plan',
  // Hand in for the own assignments, and have a certificate of the own attendance.
  'take_part',
  'manage_accounts',
  'see_lists',
  'manage_instruments',
  'manage_templates',
  'manage_demonstration',
  'manage_mail',
  'see_audit',
  'manage_retention',
  'import_responses',
  'export_responses',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who acts: somebody with an account, or the operator at the command line. */
export type Actor = UserActor | { kind: 'operator' };

export type UserActor = {
  kind: 'user';
  userId: string;
  name: string;
  /** The person (IB'er or director) that this account belongs to; null for staff. */
  personId: string | null;
  admin: boolean;
  /** May make cohorts of their own. */
  trainer: boolean;
  /** Cohorts that the person is trainer of. */
  cohortIds: readonly string[];
  /** Programmes that the person is in the steering group of. */
  programmeIds: readonly string[];
};

/** What the action is about, as far as it matters for the right to do it. */
export type Scope = {
  cohortId?: string;
  programmeId?: string | null;
  /** The IB'er and the director in office of a school round. */
  schoolPeople?: readonly string[];
  /** Who takes part in a cohort, or did at the time that it is about. */
  participants?: readonly string[];
  /** The report has been released to the school. */
  released?: boolean;
  /** The cohort's setting, fixed before the first answer: the trainer sees single schools. */
  trainerSeesSchools?: boolean;
  /** The person who wrote it, or would. */
  writerId?: string;
  /** The writer lets the trainers of the cohort read it. */
  shared?: boolean;
};

type Standing = 'writer' | 'school' | 'participant' | 'trainer' | 'steering' | 'admin' | 'operator';

/** The table of product.md ("Roles and rights"): what is not listed is denied. */
export const RIGHTS: Record<Standing, readonly Action[]> = {
  writer: ['write_action_plan', 'see_action_plan'],
  school: ['see_school_report'],
  participant: ['take_part'],
  trainer: [
    'create_cohort',
    'see_lists',
    'manage_cohort',
    'see_progress',
    'see_school_report',
    'see_cohort_figures',
    'see_programme',
    'see_coverage',
    'see_action_plan',
  ],
  steering: ['see_programme', 'see_coverage', 'note_programme'],
  admin: [
    'see_progress',
    'see_coverage',
    'see_lists',
    'manage_accounts',
    'manage_instruments',
    'manage_templates',
    'manage_demonstration',
    'manage_mail',
    'see_audit',
    'manage_retention',
  ],
  // The controller at the command line (rules.md, Shown and withheld): figures and rater-level data, logged.
  operator: [
    'see_school_report',
    'see_cohort_figures',
    'see_programme',
    'see_lists',
    'manage_accounts',
    'manage_instruments',
    'manage_demonstration',
    'import_responses',
    'export_responses',
  ],
};

/**
 * Whether the actor may do this to that. Default deny: an action needs a standing that lists it, and the standing
 * has to hold for the very object in `scope`.
 */
export function may(actor: Actor | null, action: Action, scope: Scope = {}): boolean {
  if (actor === null) return false;
  return standings(actor, action, scope).some((standing) => RIGHTS[standing].includes(action));
}

function standings(actor: Actor, action: Action, scope: Scope): Standing[] {
  if (actor.kind === 'operator') return ['operator'];
  const held: Standing[] = [];
  if (actor.admin) held.push('admin');
  if (isTrainerFor(actor, action, scope)) held.push('trainer');
  if (scope.programmeId && actor.programmeIds.includes(scope.programmeId)) held.push('steering');
  if (actor.personId !== null && actor.personId === scope.writerId) held.push('writer');
  if (actor.personId !== null && scope.released && scope.schoolPeople?.includes(actor.personId)) held.push('school');
  if (actor.personId !== null && scope.participants?.includes(actor.personId)) held.push('participant');
  return held;
}

function isTrainerFor(actor: UserActor, action: Action, scope: Scope): boolean {
  if (action === 'create_cohort') return actor.trainer;
  if (action === 'see_lists') return isAnyTrainer(actor);
  if (scope.cohortId === undefined || !actor.cohortIds.includes(scope.cohortId)) return false;
  if (action === 'see_action_plan') return scope.shared === true;
  return action !== 'see_school_report' || (scope.trainerSeesSchools === true && scope.released === true);
}

/** Whether somebody works with cohorts, whichever: their own, or those that they may make. */
function isAnyTrainer(actor: UserActor): boolean {
  return actor.trainer || actor.cohortIds.length > 0;
}
