import { CONSTANTS } from '#lib/analysis/constants.ts';
import { atLeast } from '#lib/analysis/threshold.ts';
import { PAIR_VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import type { SessionPick, WorkForm } from '#lib/conversation/next-session.ts';
import { m } from '#lib/paraglide/messages.js';
import { groupWord } from './cohort-words.ts';
import { formatMean, type Locale } from './numbers.ts';
import { capital } from './report-words.ts';
import { formatShare } from './shares.ts';

/** The figures that a reason is told with; shares are 0–1, `mean` is first minus second view in scale points,
 * null where it would tell of a single school. */
type Grounds = {
  U: number | null;
  seen: Readonly<Record<View, number | null>>;
  gaps: Readonly<Record<Pair, { n: number; mean: number | null; large: number } | null>>;
};

const FORMS = {
  describe: m.training_form_describe,
  compare_meanings: m.training_form_compare_meanings,
  find_moments: m.training_form_find_moments,
  two_examples: m.training_form_two_examples,
  two_examples_director: m.training_form_two_examples_director,
  ask_both: m.training_form_ask_both,
} satisfies Record<WorkForm, unknown>;

/** What to do with an aspect in a session, as a trainer tells it to a group. */
export function workFormText(form: WorkForm, locale: Locale): string {
  return FORMS[form]({}, { locale });
}

/** Why an aspect is worth training, in a sentence with its figure. */
export function whyTrained(
  pick: Pick<SessionPick, 'reading' | 'causes' | 'pair'>,
  grounds: Grounds,
  locale: Locale,
): string {
  switch (pick.reading) {
    case 'check_meaning':
      return whyMeaning(pick.causes, grounds, locale);
    case 'not_observed':
      return whyUnseen(pick.causes, grounds, locale);
    case 'seen_differently':
      return pick.pair === null ? '' : whyGap(pick.pair, grounds, locale);
  }
}

function whyMeaning(causes: SessionPick['causes'], { U }: Grounds, locale: Locale): string {
  if (!causes.includes('U') || U === null) return m.training_why_differently({}, { locale });
  const share = formatShare(U, locale);
  if (!causes.includes('N')) return m.training_why_unclear({ share }, { locale });
  return m.training_why_unclear_and_differently({ share }, { locale });
}

function whyUnseen(causes: SessionPick['causes'], { seen }: Grounds, locale: Locale): string {
  return (['director', 'ib', 'teacher'] as const)
    .flatMap((view) => {
      const share = seen[view];
      if (share === null || !causes.includes(`C_${view}`)) return [];
      return [m.training_why_unseen({ share: formatShare(share, locale), group: groupWord(view, locale) }, { locale })];
    })
    .join(' ');
}

function whyGap(pair: Pair, { gaps }: Grounds, locale: Locale): string {
  const gap = gaps[pair];
  if (gap === null) return '';
  const { mean, large, n } = gap;
  const [one, other] = [groupWord(PAIR_VIEWS[pair][0], locale), groupWord(PAIR_VIEWS[pair][1], locale)];
  if (mean === null) return m.training_why_gap_large({ one, other, large, n }, { locale });
  if (!atLeast(Math.abs(mean), CONSTANTS.competencyThreshold)) {
    return m.training_why_gap_both_ways({ one, other, large, n }, { locale });
  }
  const [higher, lower] = mean > 0 ? [one, other] : [other, one];
  const size = formatMean(Math.abs(mean), locale);
  return m.training_why_gap({ higher: capital(higher), lower, gap: size, large, n }, { locale });
}
