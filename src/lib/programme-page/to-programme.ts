import { LIMITS } from '#lib/disclosure/limits.ts';
import type { CohortPart, ProgrammePage } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse, ProgrammeCourse } from '#lib/server/programmes/service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { leftOutOfRoundsText } from '#lib/text/left-out-words.ts';
import { openingWords } from '#lib/text/programme-words.ts';
import { isPartRead } from './reasons.ts';
import { ambitionBlocks, ambitionNotes } from './to-ambitions.ts';
import { changePart, hasBalance, saidChanges } from './to-change.ts';
import { clarityPart } from './to-clarity.ts';
import { distancePart } from './to-distance.ts';
import { doingPart } from './to-doing.ts';
import { lookBackPart } from './to-look-back.ts';
import { responsePart } from './to-response.ts';

/** What the page of a programme shows, in the reader's language. */
export function toProgramme({ programme, cohorts, others }: ProgrammeCourse, locale: Locale): ProgrammePage {
  const shown = cohorts.filter(hasFigures);
  // The cohort that is furthest, and of those the largest, comes first.
  const inOrder = shown.toSorted((one, other) => weightOf(other) - weightOf(one));
  const parts = inOrder.map((course) => cohortPart(course, locale));
  const ambitions = ambitionBlocks(inOrder, locale);
  const [first, ...rest] = parts;
  const isOne = parts.length === 1 && cohorts.length === 1;
  const said = (part: CohortPart, sentences: readonly string[]) => {
    const sentence = sentences.join(' ');
    return isOne ? sentence : m.programme_of_cohort({ cohort: part.name, sentence }, { locale });
  };
  const [headline, ...more] = first?.opening ?? [];
  const closed = shown.flatMap(({ rounds }) => rounds.at(-1)?.closedAt ?? []).sort();
  const last = closed.at(-1);
  return {
    id: programme.id,
    name: programme.name,
    partnership: programme.partnershipName,
    stand: last === undefined ? null : m.programme_stand({ day: dayText(last, locale) }, { locale }),
    title: first && headline !== undefined ? said(first, [headline]) : m.programme_title_none({}, { locale }),
    lead: [
      ...(more.length > 0 ? [more.join(' ')] : []),
      ...rest.map((part) => said(part, part.opening)),
      ...parts.flatMap((part) => (part.leftOut === '' ? [] : [said(part, [part.leftOut])])),
      ...(cohorts.length + others > 1 ? [m.programme_side_by_side({}, { locale })] : []),
      ...(cohorts.length + others === 0 ? [m.programme_no_cohorts({}, { locale })] : []),
    ],
    cohorts: parts,
    ambitions,
    notes: {
      growth: [
        m.programme_no_effect({}, { locale }),
        ...(shown.some(hasBalance) ? [m.programme_balance({}, { locale })] : []),
      ],
      distance: [m.programme_distance_zero({}, { locale })],
      clarity: [m.programme_clarity_how({}, { locale })],
      doing: [m.programme_doing_how({}, { locale })],
      ambitions: ambitionNotes(ambitions, locale),
    },
    withheld: cohorts
      .filter((course) => !hasFigures(course))
      .map(({ cohort: { id, name }, rounds }) => ({
        ...{ id, name },
        reason: rounds.length === 0 ? 'no_round' : 'too_few_schools',
        text:
          rounds.length === 0
            ? m.programme_none({ cohort: name }, { locale })
            : m.programme_few({ cohort: name }, { locale }),
      })),
    others: others === 0 ? null : m.programme_others({ count: others }, { locale }),
  };
}

/** Some round of it had five schools. */
function hasFigures({ rounds }: CohortCourse): boolean {
  return rounds.some(({ schools }) => schools >= LIMITS.minSchools);
}

/** Rounds first, then schools. */
function weightOf({ rounds }: CohortCourse): number {
  return rounds.length * MANY_SCHOOLS + (rounds.at(-1)?.schools ?? 0);
}

const MANY_SCHOOLS = 1000;

function cohortPart(course: CohortCourse, locale: Locale): CohortPart {
  const { cohort, rounds, sinceStart } = course;
  const [start] = rounds;
  const latest = sinceStart.at(-1);
  const opening = latest
    ? openingWords(saidChanges(latest, course, locale), locale, { isPart: isPartRead(course, latest) })
    : [m.programme_first_only({ cohort: cohort.name, round: start?.name ?? '' }, { locale })];
  return {
    ...{ id: cohort.id, name: cohort.name, opening },
    leftOut: leftOutOfRoundsText(rounds, locale),
    change: latest ? changePart(course, latest, locale) : null,
    distance: latest ? distancePart(course, latest, locale) : null,
    clarity: clarityPart(course, locale),
    lookBack: latest ? lookBackPart(course, latest, locale) : null,
    response: responsePart(course, locale),
    doing: doingPart(course, locale),
  };
}
