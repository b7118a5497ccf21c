import type { AmbitionCourse, SinceStart } from '#lib/server/reports/service.ts';
import type { CohortCourse, ProgrammeCourse } from './service.ts';

/**
 * `programme-report --json` (docs/command-line.md): the figures of the programme's page, unrounded, a line a figure. Every null
 * has a `reason`, or for a start that is withheld alone a `start_reason`.
 */
export function programmeReport({ programme, cohorts }: ProgrammeCourse) {
  return { programme: programme.name, partnership: programme.partnershipName, cohorts: cohorts.map(cohortReport) };
}

export type ProgrammeReport = ReturnType<typeof programmeReport>;

function cohortReport({ cohort, rounds, sinceStart, ambitions, years }: CohortCourse) {
  return {
    cohort: cohort.name,
    rounds: rounds.map(({ name, closedAt, schools, response, clarity }) => ({
      ...{ round: name, closed: closedAt, schools },
      response: { ...response.byView, ...reasonOf(response) },
      clarity: {
        ...{ alike: clarity.alike, aspects: clarity.counted, with_n: clarity.withNoise },
        ...reasonOf(clarity),
      },
    })),
    change: sinceStart.flatMap(changeLines),
    distances: sinceStart.flatMap(distanceLines),
    look_back: sinceStart.flatMap(lookBackLines),
    ambitions: ambitions.map(ambitionLines),
    years: years.map(({ hoursDone, assignments: { handedIn, ...assignments }, ...year }) => ({
      ...{ ...year, hours_done: hoursDone, assignments: { ...assignments, handed_in: handedIn } },
    })),
  };
}

function changeLines({ from, to, changes }: SinceStart) {
  return changes.map((figure) => ({
    ...{ view: figure.view, competency: figure.competency, from, to, n: figure.n, status: figure.status },
    ...{ mean: figure.change, ci_low: figure.low, ci_high: figure.high, g_av: figure.gAv },
    ...{ bands: figure.bands, dropped: figure.dropped },
    ...reasonOf(figure),
  }));
}

function distanceLines({ from, to, distances }: SinceStart) {
  return distances.map((figure) => ({
    ...{ pair: figure.pair, from, to, n: figure.n, start: figure.from, now: figure.to },
    ...{ mean: figure.change, ci_low: figure.low, ci_high: figure.high },
    ...reasonOf(figure),
    ...startReasonOf(figure),
  }));
}

function lookBackLines({ from, to, lookBack }: SinceStart) {
  return lookBack.map((figure) => {
    const { competency, n, triple } = figure;
    const { start = null, then = null, now = null } = triple ?? {};
    const { conventional = null, adjusted = null, responseShift = null, withheldStart } = triple ?? {};
    return {
      ...{ competency, from, to, n, start: meanOf(start), then: meanOf(then), now: meanOf(now) },
      ...{ conventional: meanOf(conventional), adjusted: meanOf(adjusted), response_shift: meanOf(responseShift) },
      ...reasonOf(figure),
      ...startReasonOf({ withheldStart }),
    };
  });
}

function ambitionLines({ title, aspects, clarity, since }: AmbitionCourse) {
  return {
    ...{ ambition: title, aspects },
    clarity: clarity.map(({ round, alike, counted, withNoise, reason }) => ({
      ...{ round, alike, aspects: counted, with_n: withNoise },
      ...reasonOf({ reason }),
    })),
    change: since.flatMap(({ from, to, asked, changes }) =>
      changes.map((figure) => ({
        ...{ view: figure.view, from, to, aspects: asked, n: figure.n, status: figure.status },
        ...{ start: figure.from, now: figure.to, mean: figure.change, ci_low: figure.low, ci_high: figure.high },
        bands: figure.bands,
        ...reasonOf(figure),
        ...startReasonOf(figure),
      })),
    ),
    distances: since.flatMap(({ from, to, distances }) =>
      distances.map((figure) => ({
        ...{ pair: figure.pair, from, to, n: figure.n },
        ...{ mean: figure.change, ci_low: figure.low, ci_high: figure.high },
        ...reasonOf(figure),
      })),
    ),
  };
}

function meanOf(value: { mean: number; low: number | null; high: number | null } | null) {
  return value === null ? null : { mean: value.mean, ci_low: value.low, ci_high: value.high };
}

function reasonOf({ reason }: { reason?: string | undefined }): { reason?: string } {
  return reason === undefined ? {} : { reason };
}

function startReasonOf({ withheldStart }: { withheldStart?: string | undefined }): { start_reason?: string } {
  return withheldStart === undefined ? {} : { start_reason: withheldStart };
}
