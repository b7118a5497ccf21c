import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from './numbers.ts';
import { isClosed, reasonWord } from './report-reasons.ts';

const GROUPS = {
  director: m.dashboard_group_director,
  ib: m.dashboard_group_ib,
  teacher: m.dashboard_group_teacher,
} satisfies Record<View, unknown>;

const PAIRS = {
  ib_director: m.contested_pair_ib_director,
  ib_teacher: m.contested_pair_ib_teacher,
  director_teacher: m.contested_pair_director_teacher,
} satisfies Record<Pair, unknown>;

const FLAGS = {
  U: m.clarity_flag_U,
  N: m.clarity_flag_N,
  C_director: m.clarity_flag_C_director,
  C_ib: m.clarity_flag_C_ib,
  C_teacher: m.clarity_flag_C_teacher,
} satisfies Record<ClarityFlag, unknown>;

/** The people of a view over schools, inside a sentence: "directeuren". */
export function groupWord(view: View, locale: Locale): string {
  return GROUPS[view]({}, { locale });
}

/** Two views over schools: "IB'ers en directeuren". */
export function groupPairWord(pair: Pair, locale: Locale): string {
  return PAIRS[pair]({}, { locale });
}

/** What stands in place of a school's figure on a cohort's page: the words of its report, without the panels that only that has. */
export function schoolReasonWord(reason: Reason, locale: Locale): string {
  return reasonWord(isClosed(reason) ? 'hidden_cells' : reason, locale);
}

/** What a cohort's clarity asks attention for: "formulering". */
export function flagWord(flag: ClarityFlag, locale: Locale): string {
  return FLAGS[flag]({}, { locale });
}

/** What a trainer can do about it. */
export function flagAdvice(flag: ClarityFlag, locale: Locale): string {
  if (flag === 'U') return m.clarity_do_U({}, { locale });
  return flag === 'N' ? m.clarity_do_N({}, { locale }) : m.clarity_do_C({}, { locale });
}
