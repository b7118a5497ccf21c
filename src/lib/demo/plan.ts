import type { Instrument } from '#lib/instrument/schema.ts';
import { formsOf } from './forms.ts';
import type { FormSource } from './forms.ts';
import { landscapeOf } from './landscape.ts';
import type { Landscape } from './landscape.ts';
import { staffSchools, STAFF } from './people.ts';
import type { Staffed } from './people.ts';
import { portraitOf } from './portrait.ts';
import { COHORTS, PARTNERSHIP } from './schools-data.ts';
import type { CohortSketch } from './schools-data.ts';
import type { DemoCohort, DemoPlan, DemoRound } from './types.ts';

/** The seed of the demonstration that everybody sees: one on which all that should be shown comes out. */
export const DEMO_SEED = 180;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Rounds open and close at this hour (UTC), and reports are released some days later. */
const OFFICE_HOUR = 8;
const RELEASE_DAYS = 4;
/** Nobody starts in the last days of a round, so that every form is submitted in time. */
const LAST_DAYS = 2;

/**
 * The demonstration of the whole programme: three cohorts with their schools, people, rounds and answers, all invented.
 * Pure: the same list, seed and moment give the same plan. Times lie before `now`, so that the open round is really open.
 * @param list a list with the aspects of ib-180
 */
export function demoPlan(list: Instrument, seed: number, now: Date): DemoPlan {
  const landscape = landscapeOf(list, seed);
  const staffed = staffSchools(
    COHORTS.flatMap(({ schools }) => schools),
    seed,
  );
  const sources = staffed.map((each): FormSource => sourceOf(landscape, seed, each));
  const cohorts = COHORTS.map((sketch) => {
    const own = sources.filter((source) => sketch.schools.includes(source.staffed.sketch));
    return cohortOf(sketch, own, now);
  });
  return { partnership: PARTNERSHIP, staff: STAFF, cohorts };
}

function sourceOf(landscape: Landscape, seed: number, staffed: Staffed): FormSource {
  return { landscape, seed, staffed, portrait: portraitOf(landscape, seed, staffed.sketch) };
}

/** A cohort as its sketch says, with the forms that its schools come to. */
export function cohortOf(sketch: CohortSketch, sources: readonly FormSource[], now: Date): DemoCohort {
  const { name, programme, course, trainerSeesSchools, rounds, pulses = [] } = sketch;
  return {
    ...{ name, programme, course, trainerSeesSchools, startedAt: daysBefore(now, sketch.started) },
    rounds: rounds.map((round, number) => roundOf(round, number, sources, now)),
    pulses: pulses.map((pulse, index) => pulseOf(pulse, index, sources, now)),
  };
}

function roundOf(
  sketch: CohortSketch['rounds'][number],
  number: number,
  sources: readonly FormSource[],
  now: Date,
): DemoRound {
  const openedAt = daysBefore(now, sketch.opened);
  const window = {
    ...{ round: number, openedAt, isOpen: sketch.closed === null, aspects: null },
    days: sketch.opened - (sketch.closed ?? 0) - LAST_DAYS,
  };
  const present = sources.filter(({ staffed }) => (staffed.sketch.joins ?? 0) <= number);
  const released = sketch.closed === null ? 0 : present.length - (sketch.unreleased ?? 0);
  return {
    ...{ name: `T${number}`, aspects: null, openedAt },
    closedAt: sketch.closed === null ? null : daysBefore(now, sketch.closed),
    releasedAt: sketch.closed === null ? null : daysBefore(now, sketch.closed - RELEASE_DAYS),
    ...datesOf(sketch, now),
    joining: present.flatMap(({ staffed }) => ((staffed.sketch.joins ?? 0) === number ? [staffed.school] : [])),
    newDirectors: present.flatMap(({ staffed: { school, sketch: own, newDirector } }) =>
      newDirector !== null && own.newDirectorFrom === number ? [{ school, director: newDirector }] : [],
    ),
    schools: present.map((source, index) => ({
      school: source.staffed.school,
      mode: source.staffed.sketch.mode ?? 'protected',
      released: index < released,
      forms: formsOf(source, window),
    })),
  };
}

/** A pulse: nobody joins, and what there is to see is half-way to the next round. */
function pulseOf(
  { after, opened, closed, aspects }: NonNullable<CohortSketch['pulses']>[number],
  index: number,
  sources: readonly FormSource[],
  now: Date,
): DemoRound {
  const openedAt = daysBefore(now, opened);
  const asked = new Set(aspects);
  const window = { round: after + 0.5, openedAt, isOpen: false, days: opened - closed - LAST_DAYS, aspects: asked };
  return {
    ...{ name: `K${index + 1}`, aspects, openedAt, closedAt: daysBefore(now, closed) },
    releasedAt: daysBefore(now, closed - RELEASE_DAYS),
    ...{ opensOn: null, closesOn: null, joining: [], newDirectors: [] },
    schools: sources
      .filter(({ staffed }) => (staffed.sketch.joins ?? 0) <= after)
      .map((source) => ({
        school: source.staffed.school,
        mode: source.staffed.sketch.mode ?? 'protected',
        released: true,
        forms: formsOf(source, window),
      })),
  };
}

/** A round that is open has dates, so that it shows what is coming; those that are over were opened and closed by hand. */
function datesOf({ opened, closes }: CohortSketch['rounds'][number], now: Date) {
  if (closes === undefined) return { opensOn: null, closesOn: null };
  const day = (moment: Date) => moment.toISOString().slice(0, 10);
  return { opensOn: day(daysBefore(now, opened)), closesOn: day(daysBefore(now, -closes)) };
}

/** The office hour of the day that lies so many days before, in the past from one day on. */
function daysBefore(now: Date, days: number): Date {
  return new Date(Math.floor((now.getTime() - days * DAY) / DAY) * DAY + OFFICE_HOUR * HOUR);
}
