import type { Fault, FaultCode, FaultParams } from '#lib/instrument/faults.ts';
import type { Localized } from '#lib/instrument/types.ts';
import { m } from '#lib/paraglide/messages.js';

/** Named one by one, so that a missing text is a type error and pages carry no other messages along. */
const TEXTS = {
  empty_file: m.fault_empty_file,
  file_too_large: m.fault_file_too_large,
  not_text: m.fault_not_text,
  not_utf8: m.fault_not_utf8,
  byte_order_mark: m.fault_byte_order_mark,
  json_comma_expected: m.fault_json_comma_expected,
  json_colon_expected: m.fault_json_colon_expected,
  json_name_expected: m.fault_json_name_expected,
  json_value_expected: m.fault_json_value_expected,
  json_not_closed: m.fault_json_not_closed,
  json_text_after_end: m.fault_json_text_after_end,
  json_bad_string: m.fault_json_bad_string,
  json_comment: m.fault_json_comment,
  json_bad_value: m.fault_json_bad_value,
  json_too_deep: m.fault_json_too_deep,
  json_duplicate_key: m.fault_json_duplicate_key,
  csv_quote_not_closed: m.fault_csv_quote_not_closed,
  csv_quote_misplaced: m.fault_csv_quote_misplaced,
  column_missing: m.fault_column_missing,
  column_unknown: m.fault_column_unknown,
  column_repeated: m.fault_column_repeated,
  column_language_mixed: m.fault_column_language_mixed,
  field_count: m.fault_field_count,
  field_empty: m.fault_field_empty,
  no_rows: m.fault_no_rows,
  too_many_rows: m.fault_too_many_rows,
  key_missing: m.fault_key_missing,
  key_unknown: m.fault_key_unknown,
  text_expected: m.fault_text_expected,
  number_expected: m.fault_number_expected,
  list_expected: m.fault_list_expected,
  object_expected: m.fault_object_expected,
  text_empty: m.fault_text_empty,
  text_too_long: m.fault_text_too_long,
  list_too_short: m.fault_list_too_short,
  list_too_long: m.fault_list_too_long,
  value_not_allowed: m.fault_value_not_allowed,
  code_unsafe: m.fault_code_unsafe,
  code_reserved: m.fault_code_reserved,
  code_repeated: m.fault_code_repeated,
  version_malformed: m.fault_version_malformed,
  scale_labels_incomplete: m.fault_scale_labels_incomplete,
  reasons_incomplete: m.fault_reasons_incomplete,
  too_many_aspects: m.fault_too_many_aspects,
  title_differs: m.fault_title_differs,
  code_in_two_competencies: m.fault_code_in_two_competencies,
  round_malformed: m.fault_round_malformed,
  role_unknown: m.fault_role_unknown,
  status_unknown: m.fault_status_unknown,
  score_not_1_to_5: m.fault_score_not_1_to_5,
  score_missing: m.fault_score_missing,
  score_without_judgement: m.fault_score_without_judgement,
  unclear_not_0_or_1: m.fault_unclear_not_0_or_1,
  unclear_without_answer: m.fault_unclear_without_answer,
  row_repeated: m.fault_row_repeated,
  row_differs: m.fault_row_differs,
  rater_two_roles: m.fault_rater_two_roles,
  aspect_unknown: m.fault_aspect_unknown,
  cohort_unknown: m.fault_cohort_unknown,
  school_unknown: m.fault_school_unknown,
  round_unknown: m.fault_round_unknown,
  round_of_app: m.fault_round_of_app,
  round_other_list: m.fault_round_other_list,
  round_other_mode: m.fault_round_other_mode,
  round_released: m.fault_round_released,
  answer_differs: m.fault_answer_differs,
  answers_missing: m.fault_answers_missing,
  role_taken: m.fault_role_taken,
  teachers_too_few_new: m.fault_teachers_too_few_new,
  ratee_ambiguous: m.fault_ratee_ambiguous,
  ratee_differs: m.fault_ratee_differs,
} satisfies Record<FaultCode, unknown>;

type FaultMessage = (params: FaultParams, options: { locale: keyof Localized }) => string;

/** One sentence that says what is wrong, in the language asked for; the place is in `fault.line` and `fault.column`. */
export function faultText(fault: Pick<Fault, 'code' | 'params'>, locale: keyof Localized): string {
  const message = TEXTS[fault.code] as FaultMessage; // each wants its own names; FaultList.add saw to them
  return message(fault.params ?? {}, { locale });
}

/** A fault as compilers write it, `file:line:column: what` (interfaces.md, Command line). */
export function faultLine(file: string, fault: Fault, locale: keyof Localized): string {
  return `${file}:${fault.line}:${fault.column}: ${faultText(fault, locale)}`;
}
