import type { CompareChoice, ComparePage } from '#lib/components/compare/compare-page.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Beside } from '#lib/server/comparing/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { changePart, comparisonPart } from './to-difference.ts';
import { schoolPart } from './to-school.ts';

/** What the page that lays a round beside another shows, in the reader's language. */
export function toCompare(beside: Beside, locale: Locale): ComparePage {
  const { comparable, instrument, change, comparison, school } = beside;
  const { id, name, cohort } = comparable.round;
  const difference =
    (change && changePart(change, instrument, locale)) ??
    (comparison && comparisonPart(comparison, instrument, locale));
  const figures = change?.views ?? comparison?.views ?? [];
  const isFew = figures.length > 0 && figures.every(({ reason }) => reason === 'too_few_schools');
  return {
    round: { id, name },
    cohort,
    choice: choiceOf(beside, locale),
    difference,
    school: school && schoolPart(school.school, school.figures, instrument, locale),
    needed: isFew ? LIMITS.minSchools : null,
  };
}

function choiceOf({ comparable: { earlier, elsewhere }, schools, chosen }: Beside, locale: Locale): CompareChoice {
  const groups = [
    {
      label: m.compare_choose_earlier({}, { locale }),
      options: earlier.map(({ id, name }) => ({ value: id, label: m.dashboard_eyebrow({ round: name }, { locale }) })),
    },
    {
      label: m.compare_choose_elsewhere({}, { locale }),
      options: elsewhere.map(({ id, name, cohort }) => {
        const label = m.compare_round_option({ cohort: cohort.name, round: name }, { locale });
        return { value: id, label };
      }),
    },
    {
      label: m.compare_choose_school({}, { locale }),
      options: schools.map(({ schoolRoundId, name }) => ({ value: schoolRoundId, label: name })),
    },
  ];
  return { groups: groups.filter(({ options }) => options.length > 0), chosen };
}
