import type { ClarityPart } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CohortCourse } from '#lib/server/programmes/service.ts';
import type { CourseRound } from '#lib/server/reports/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { withheld } from './reasons.ts';

/** Of how many aspects the meaning is shared, round by round. */
export function clarityPart({ rounds }: CohortCourse, locale: Locale): ClarityPart {
  const known = rounds.filter(({ clarity }) => clarity.alike !== null);
  const lines = rounds.map(({ name, clarity: { alike, counted, reason } }) => ({
    round: name,
    text:
      alike === null
        ? withheld(reason, locale)
        : { text: m.programme_clarity_of({ count: alike, n: counted }, { locale }) },
    share: alike === null ? null : alike / counted,
  }));
  const hasFew = known.some(({ clarity }) => !clarity.withNoise);
  return {
    caption: captionOf(known, rounds.at(-1), locale),
    lines,
    notes: hasFew ? [m.programme_clarity_few({}, { locale })] : [],
  };
}

/** N needs eight schools, and another list asks other aspects: such rounds stand beside each other and are not compared. */
function isAlike(one: CourseRound, other: CourseRound): boolean {
  return one.clarity.withNoise === other.clarity.withNoise && one.instrumentVersionId === other.instrumentVersionId;
}

/** It tells of now: where the latest round has no share, an earlier one does not stand in for it. */
function captionOf(known: readonly CourseRound[], last: CourseRound | undefined, locale: Locale): string {
  const [first] = known;
  if (last?.clarity.reason === 'hidden_cells') return m.programme_hidden({}, { locale });
  if (!first || !last || last.clarity.alike === null) return m.programme_clarity_none({}, { locale });
  const now = m.programme_clarity_caption({ count: last.clarity.alike, n: last.clarity.counted }, { locale });
  if (first.id === last.id) return now;
  const before = isAlike(first, last)
    ? m.programme_clarity_before({ before: first.clarity.alike ?? 0, n: first.clarity.counted }, { locale })
    : m.programme_clarity_unlike({ round: first.name }, { locale });
  return `${now} ${before}`;
}
