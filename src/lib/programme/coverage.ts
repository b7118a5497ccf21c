import { schoolYearOf, type SchoolYear } from './school-year.ts';

/** A school that follows a programme: from a day until it left (null while it still takes part). */
export type Enrolment = { schoolId: string; from: string; until: string | null };

/** A school in a round that closed on a day. */
export type Measured = { schoolId: string; closedOn: string };

/** Of one school year: different schools that took part, and those of them in a round that closed in it. */
export type YearCoverage = { year: SchoolYear; schools: number; measured: number };

/**
 * How many schools were reached in each school year, from the first with any until that of `today`; newest first, a year
 * without any with zeros. A school counts once a year, whatever it takes part in; a school in a closed round took part, also
 * where its enrolment was entered later, as with imported rounds.
 * @param today yyyy-mm-dd; what lies after it does not count
 */
export function coverageByYear(
  enrolments: readonly Enrolment[],
  measured: readonly Measured[],
  today: string,
): YearCoverage[] {
  const begun = [...enrolments.map(({ from }) => from), ...measured.map(({ closedOn }) => closedOn)].filter(
    (day) => day <= today,
  );
  if (begun.length === 0) return [];
  const last = schoolYearOf(today);
  const first = begun.reduce((year, day) => Math.min(year, schoolYearOf(day)), last);
  return Array.from({ length: last - first + 1 }, (_, back) => {
    const year = last - back;
    const inRound = new Set(
      measured
        .filter(({ closedOn }) => closedOn <= today && schoolYearOf(closedOn) === year)
        .map(({ schoolId }) => schoolId),
    );
    const enrolled = enrolments
      .filter(({ from }) => from <= today && schoolYearOf(from) <= year)
      .filter(({ until }) => until === null || schoolYearOf(until) >= year)
      .map(({ schoolId }) => schoolId);
    return { year, schools: new Set([...enrolled, ...inRound]).size, measured: inRound.size };
  });
}
