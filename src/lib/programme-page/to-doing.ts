import type { DoingPart, Told } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import { formatMean, formatScore, type Locale } from '#lib/text/numbers.ts';
import { formatShare } from '#lib/text/shares.ts';

type Year = CohortCourse['years'][number];

/** Why a total of a programme year is not there (attendance/totals-service.ts). */
const WITHHELD = {
  nobody_filled_in: m.programme_doing_not_filled_in,
  too_few_people: m.programme_doing_few_people,
  too_few_answers: m.programme_doing_few_answers,
  none_planned: m.programme_doing_none_planned,
  none_due: m.programme_doing_none_due,
};

/** What was planned and what came of it; null for a cohort without sessions and assignments. */
export function doingPart({ years }: CohortCourse, locale: Locale): DoingPart | null {
  if (years.length === 0) return null;
  const sum = (of: (year: Year) => number) => years.reduce((total, year) => total + of(year), 0);
  const counts = { count: sum(({ sessions }) => sessions.held), n: sum(({ sessions }) => sessions.planned) };
  return {
    caption: m.programme_doing_caption(counts, { locale }),
    lines: years.map((year) => ({
      year: m.programme_doing_year({ year: year.year }, { locale }),
      sessions: m.programme_clarity_of({ count: year.sessions.held, n: year.sessions.planned }, { locale }),
      hours: m.programme_clarity_of(
        { count: formatScore(year.hours.held, locale), n: formatScore(year.hours.planned, locale) },
        { locale },
      ),
      there: thereOf(year.attendance, locale),
      handedIn: handedInOf(year.assignments, locale),
      useful: usefulOf(year.usefulness, locale),
    })),
  };
}

function thereOf({ share, n, reason = 'nobody_filled_in' }: Year['attendance'], locale: Locale): Told {
  if (share === null) return none(reason, locale);
  return { text: m.programme_doing_share({ share: formatShare(share, locale), n }, { locale }) };
}

function handedInOf({ reason = 'none_due', ...counts }: Year['assignments'], locale: Locale): Told {
  const { handedIn: handed, expected, due, planned } = counts;
  if (handed === null) return none(reason, locale);
  return { text: m.programme_doing_handed_in({ handed, expected, due, planned }, { locale }) };
}

function usefulOf({ mean, n, reason = 'too_few_answers' }: Year['usefulness'], locale: Locale): Told {
  if (mean === null) return none(reason, locale);
  return { text: m.programme_doing_mean({ mean: formatMean(mean, locale), n }, { locale }) };
}

function none(reason: keyof typeof WITHHELD, locale: Locale): Told {
  return { text: WITHHELD[reason]({}, { locale }), withheld: reason };
}
