import type { CompareChoice, ComparePage } from '#lib/components/compare/compare-page.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Beside, Choice } from '#lib/server/comparing/service.ts';
import { compareReasonWord } from '#lib/text/compare-words.ts';
import { fewSchoolsText } from '#lib/text/few-schools.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { changePart, comparisonPart } from './to-difference.ts';
import { schoolPart } from './to-school.ts';

/** What the page that lays a round beside another shows, in the reader's language. */
export function toCompare(beside: Beside, locale: Locale): ComparePage {
  const { figures, instrument, change, comparison, school } = beside;
  const { id, name, cohort } = figures.round;
  const difference =
    (change && changePart(change, instrument, locale)) ??
    (comparison && comparisonPart(comparison, instrument, locale));
  const views = change?.views ?? comparison?.views ?? [];
  const isFew = views.length > 0 && views.every(({ reason }) => reason === 'too_few_schools');
  return {
    round: { id, name },
    cohort,
    few: figures.schools < LIMITS.minSchools ? fewSchoolsText(figures.schools, locale) : null,
    choice: choiceOf(beside, locale),
    difference,
    school: school && schoolPart(school.school, school.figures, instrument, locale),
    needed: isFew ? LIMITS.minSchools : null,
  };
}

function choiceOf({ earlier, elsewhere, schools, chosen }: Beside, locale: Locale): CompareChoice {
  const option = (label: string, { id, refused }: Choice) => {
    if (refused === null) return { value: id, label, isRefused: false };
    const reason = compareReasonWord(refused, locale);
    return { value: id, label: m.compare_refused_option({ option: label, reason }, { locale }), isRefused: true };
  };
  const groups = [
    {
      label: m.compare_choose_earlier({}, { locale }),
      options: earlier.map((one) => option(m.dashboard_eyebrow({ round: one.name }, { locale }), one)),
    },
    {
      label: m.compare_choose_elsewhere({}, { locale }),
      options: elsewhere.map((one) => {
        return option(m.compare_round_option({ cohort: one.cohort.name, round: one.name }, { locale }), one);
      }),
    },
    {
      label: m.compare_choose_school({}, { locale }),
      options: schools.map(({ schoolRoundId, name }) => ({ value: schoolRoundId, label: name, isRefused: false })),
    },
  ];
  return { groups: groups.filter(({ options }) => options.length > 0), chosen };
}
