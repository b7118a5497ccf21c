import { clarityOfRound } from '#lib/analysis/clarity.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { ROLES } from '#lib/instrument/types.ts';
import { schoolFigures } from '#lib/server/reports/figures.ts';
import { takeSnapshot, tallySubmitted } from '#lib/server/reports/snapshot.ts';
import { field, ourWords, seedA } from './vectors.ts';
import type { Row, SeedSchoolRound } from './vectors.ts';

const seed = seedA();
export const MODES: readonly Mode[] = ['open', 'protected'];
export const schools = [...new Set(seed.schoolRounds.map(({ school }) => school))];

const flagCache = new Map<string, ReturnType<typeof computeFlags>>();

/** Every school round in both modes, along the way of the product: answers → snapshot → figures. */
export const all = MODES.flatMap((mode) =>
  seed.schoolRounds.map((at) => {
    const snapshot = takeSnapshot(inputOf(at, mode));
    return {
      ...at,
      mode,
      snapshot,
      tallies: tallySubmitted(inputOf(at, mode)),
      figures: schoolFigures(snapshot, seed.outline),
    };
  }),
);
export type SchoolRound = (typeof all)[number];
export const byKey = new Map(all.map((at) => [`${at.mode} ${at.school} ${at.round}`, at]));

function inputOf({ cohort, round, ratings, raters }: SeedSchoolRound, mode: Mode) {
  return {
    mode,
    instrument: { key: 'seed-a', version: '1.0.0' },
    outline: seed.outline,
    roles: new Set(ROLES),
    ratings,
    raters: raters.map((rater) => ({ ...rater, consent: true })),
    invited: { director: 1, ib: 1, teacher: raters.length },
    flags: flagsOf(cohort, round),
    remarks: [],
    shuffle: <T>(items: readonly T[]) => [...items],
  };
}

function flagsOf(cohort: string, round: string) {
  const key = `${cohort} ${round}`;
  const flags = flagCache.get(key) ?? computeFlags(cohort, round);
  flagCache.set(key, flags);
  return flags;
}

function computeFlags(cohort: string, round: string) {
  const units = seed.schoolRounds
    .filter((at) => at.cohort === cohort && at.round === round)
    .map((at) => ({ school: at.school, ratee: at.ratee, director: at.director, tallies: tallySubmitted(at) }));
  return new Map(clarityOfRound(units, seed.aspects).map(({ aspect, flags }) => [aspect, flags]));
}

export const rowKey =
  (...names: string[]) =>
  (row: Row) =>
    names.map((name) => ourWords(field(row, name))).join(' ');
export const place = ({ mode, school, round }: SchoolRound) => `${mode} ${school} ${round}`;
