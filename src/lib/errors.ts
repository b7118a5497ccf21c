/**
 * The closed list of rules that a service can refuse an action for. Each code has a Dutch and an English text
 * (`error_<code>` in messages/) and an HTTP status (`statusOf`).
 */
export const ERROR_CODES = [
  'not_found',
  'forbidden',
  'link_unknown',
  'sign_in_link_used',
  'too_many_attempts',
  'password_wrong',
  'password_weak',
  'code_wrong',
  'code_incomplete',
  'recovery_code_wrong',
  'wrong_origin',
  'invalid_body',
  'score_out_of_range',
  'unknown_aspect',
  'comment_too_long',
  'response_submitted',
  'rater_submitted',
  'rater_not_submitted',
  'rater_readdressed',
  'rater_link_ended',
  'round_opened',
  'round_not_open',
  'round_closed',
  'round_not_closed',
  'round_exists',
  'round_has_no_schools',
  'round_dates_wrong',
  'round_released',
  'round_imported',
  'pulse_too_early',
  'pulse_aspects_wrong',
  'nobody_to_remind',
  'school_round_incomplete',
  'consent_missing',
  'consent_taken_back',
  'nothing_answered',
  'mode_locked',
  'setting_locked',
  'changed_meanwhile',
  'series_left',
  'series_measured',
  'person_elsewhere',
  'school_elsewhere',
  'address_taken',
  'brin_taken',
  'school_name_taken',
  'cohort_in_use',
  'cohort_lived',
  'session_ahead',
  'session_cancelled',
  'session_held',
  'nobody_present',
  'usefulness_closed',
  'usefulness_mailed',
  'usefulness_answered',
  'hand_in_empty',
  'hand_in_answered',
  'hand_in_past',
  'hand_in_withdrawn',
  'assignment_cancelled',
  'cohort_cleared',
  'file_empty',
  'file_too_large',
  'file_kind_refused',
  'file_has_macros',
  'file_unpacks_too_large',
  'file_broken',
  'files_busy',
  'nothing_attended',
  'registration_closed',
  'registration_full',
  'registration_day_past',
  'registration_placed',
  'registration_withdrawn',
  'registration_taken',
  'look_back_not_available',
  'scale_locked',
  'confirmation_needed',
  'report_taken_back',
  'documents_busy',
  'cohort_name_taken',
  'person_has_role',
  'ib_stays',
  'series_exists',
  'template_not_published',
  'template_not_draft',
  'template_exists',
  'plan_move_past',
  'programme_missing',
  'programme_of_others',
  'planned_round_exists',
  'instrument_exists',
  'instrument_not_draft',
  'instrument_not_published',
  'instrument_not_retired',
  'list_incomplete',
  'part_code_taken',
  'part_gone',
  'wording_unchanged',
  'account_is_staff',
  'account_elsewhere',
  'account_invented',
  'sign_in_link_mailed',
  'last_admin',
  'erasure_name_wrong',
  'person_erased',
  'own_role',
  'role_needed',
  'roles_of_examples',
  'person_has_no_email',
  'demonstration_beside_data',
  'demonstration_not_local',
  'database_busy',
  'database_full',
  'database_read_only',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Whether a text is one of these codes, where it comes from another thread. */
export function isErrorCode(text: string): text is ErrorCode {
  return ERROR_CODES.some((code) => code === text);
}

/** A rule of the product refuses the action. Nothing was changed: the caller's transaction rolls back. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
  }
}

/** A refusal where one of many schools stands in the way: whoever asked for all has to know which. */
export class SchoolRefused extends DomainError {
  readonly school: string;
  constructor(code: ErrorCode, school: string) {
    super(code);
    this.school = school;
  }
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  not_found: 404,
  forbidden: 404, // what one may not see answers as if it were not there (product.md, Roles and rights)
  link_unknown: 404,
  report_taken_back: 404,
  sign_in_link_used: 404,
  too_many_attempts: 429,
  password_wrong: 400,
  password_weak: 400,
  code_wrong: 400,
  code_incomplete: 400,
  recovery_code_wrong: 400,
  role_needed: 400,
  erasure_name_wrong: 400,
  wrong_origin: 403,
  confirmation_needed: 403,
  invalid_body: 400,
  score_out_of_range: 400,
  unknown_aspect: 400,
  pulse_aspects_wrong: 400,
  comment_too_long: 400,
  hand_in_empty: 400,
  file_empty: 400,
  file_too_large: 400,
  file_kind_refused: 400,
  file_has_macros: 400,
  file_unpacks_too_large: 400,
  file_broken: 400,
  files_busy: 503,
  documents_busy: 503,
  database_busy: 503,
  database_full: 507,
  database_read_only: 503,
};

/** The HTTP status of a refusal: 409 (the state of things does not allow it) unless the list says otherwise. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 409;
}
