/**
 * What can be wrong with a file that is read in, as a closed list: each code with the parameters of its text.
 * The texts are `fault_<code>` in messages/{nl,en}/errors.json; text/faults.ts joins the two.
 */
export const FAULTS = {
  // the file as a whole
  empty_file: [],
  file_too_large: ['max'],
  spreadsheet_file: [],
  not_text: [],
  not_utf8: [],
  byte_order_mark: [],
  // JSON as a language
  json_comma_expected: [],
  json_colon_expected: [],
  json_name_expected: [],
  json_value_expected: [],
  json_not_closed: [],
  json_text_after_end: [],
  json_bad_string: [],
  json_comment: [],
  json_bad_value: [],
  json_too_deep: ['max'],
  json_duplicate_key: ['key', 'first'],
  // CSV as a language
  csv_quote_not_closed: [],
  csv_quote_misplaced: [],
  column_missing: ['column'],
  column_unknown: ['column'],
  column_misspelt: ['column', 'meant'],
  column_repeated: ['column'],
  column_language_mixed: ['column'],
  field_count: ['expected', 'found'],
  field_empty: ['column'],
  no_rows: [],
  too_many_rows: ['max'],
  // the shape of a list
  key_missing: ['key'],
  key_unknown: ['key'],
  text_expected: [],
  number_expected: [],
  list_expected: [],
  object_expected: [],
  text_empty: [],
  text_too_long: ['max'],
  list_too_short: ['min'],
  list_too_long: ['max'],
  value_not_allowed: ['allowed'],
  code_unsafe: [],
  code_reserved: [],
  code_repeated: ['code', 'first'],
  version_malformed: [],
  scale_labels_incomplete: [],
  reasons_incomplete: [],
  too_many_aspects: ['max'],
  title_differs: ['code', 'first'],
  code_in_two_competencies: ['code', 'first'],
  // the long form of responses
  round_malformed: ['value'],
  role_unknown: ['value'],
  status_unknown: ['value'],
  score_not_1_to_5: ['value'],
  score_missing: [],
  score_without_judgement: [],
  unclear_not_0_or_1: ['value'],
  unclear_without_answer: [],
  row_repeated: ['first'],
  row_differs: ['first'],
  rater_two_roles: ['rater', 'role', 'first'],
  aspect_unknown: ['aspect'],
  // responses beside what is in the database
  cohort_unknown: ['cohort'],
  school_unknown: ['school'],
  round_unknown: ['round'],
  round_of_app: ['round'],
  round_other_list: ['round', 'list'],
  round_other_mode: ['mode'],
  round_released: ['rater'],
  answer_differs: ['rater'],
  answers_missing: ['rater', 'aspects'],
  role_taken: ['role', 'rater'],
  teachers_too_few_new: ['known', 'needed'],
  ratee_ambiguous: [],
  ratee_differs: ['ratee'],
  // teams of a cohort
  not_utf8_cells: [],
  too_many_cells: [],
  team_role_unknown: ['value'],
  brin_malformed: ['value'],
  email_malformed: ['value'],
  email_missing: [],
  school_name_differs: ['first'],
  school_ambiguous: ['school'],
  school_without_brin: ['school'],
  team_without_ib: ['school'],
  team_two_directors: ['first'],
  team_has_director: ['name'],
  team_needs_director: [],
  team_left: [],
  ib_needed: ['names'],
  ib_unknown: ['value'],
  ib_ambiguous: ['value'],
  person_repeated: ['first'],
  person_two_roles: ['first'],
  person_other_role: [],
  person_name_differs: ['first', 'name'],
  person_without_address: ['name'],
} as const satisfies Record<string, readonly string[]>;

export type FaultCode = keyof typeof FAULTS;
export type FaultParams = Record<string, string | number>;

/**
 * A place in a file as an editor shows it: both count from 1. `column` is the character at which the field or value
 * starts; a character is a Unicode code point, a tab is one character, a byte order mark is none.
 */
export type Position = { line: number; column: number };

/** One thing that is wrong, and where. `params` has exactly the names that FAULTS gives for the code. */
export type Fault = Position & { code: FaultCode; params?: FaultParams };

/** A file that was refused: nothing of it is used. `faults` holds the first FAULTS_KEPT, `total` counts them all. */
export type Refusal = { ok: false; faults: Fault[]; total: number };

/** So many faults are kept: a wrong file of 100,000 rows must not fill the memory with its faults. */
export const FAULTS_KEPT = 200;

type ParamsOf<C extends FaultCode> = (typeof FAULTS)[C][number] extends never
  ? []
  : [params: Record<(typeof FAULTS)[C][number], string | number>];

/** Longer values are cut in a fault's text. */
const SHOWN = 60;

/** Collects faults in the order in which they are found. */
export class FaultList {
  readonly kept: Fault[] = [];
  total = 0;

  /** Notes one fault. A position that costs a search may be given as a function: it is called for kept faults only. */
  add<C extends FaultCode>(code: C, at: Position | (() => Position), ...[params]: ParamsOf<C>): void {
    this.total += 1;
    if (this.kept.length >= FAULTS_KEPT) return;
    const { line, column } = typeof at === 'function' ? at() : at;
    this.kept.push(params === undefined ? { line, column, code } : { line, column, code, params: shortened(params) });
  }

  /** Notes a fault that another check has already put together. */
  addFound(fault: Fault): void {
    this.total += 1;
    if (this.kept.length >= FAULTS_KEPT) return;
    this.kept.push(fault.params === undefined ? fault : { ...fault, params: shortened(fault.params) });
  }

  /** The refusal with these faults, in the order of the file. */
  refusal(): Refusal {
    const faults = [...this.kept].sort((a, b) => a.line - b.line || a.column - b.column);
    return { ok: false, faults, total: this.total };
  }
}

function shortened(params: FaultParams): FaultParams {
  const entries = Object.entries(params).map(([name, value]): [string, string | number] => {
    const long = typeof value === 'string' && value.length > SHOWN;
    return [name, long ? `${value.slice(0, SHOWN)}…` : value];
  });
  return Object.fromEntries(entries);
}
