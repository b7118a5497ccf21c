import { changeBand, type ChangeBand } from '#lib/analysis/matched-change.ts';
import { pairedSummaries } from '#lib/analysis/paired-change.ts';
import type { PairedSummaries } from '#lib/analysis/paired-change.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { View } from '#lib/analysis/types.ts';
import type { Dropped } from '#lib/disclosure/cohort-reason.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { AmbitionSum } from './ambition-sums.ts';
import { distanceSums, type DistanceSum, type LookBackSum, type MatchedUnits } from './outcome-sums.ts';
import { sumOf, type Sum, type SumUnit } from './round-sums.ts';
import { schoolChange, type SchoolChange } from './school-change.ts';

/** A school round with its series; `left`: the IB'er stopped. */
export type SeriesUnit = SumUnit & { series: string; left: boolean };

type DropCounts = Partial<Record<Dropped, number>>;

/** One view on one competency over the matched schools. `of` are the places in `units`; null sums: nobody is matched. */
export type ChangeSum = {
  view: View;
  competency: string;
  sums: PairedSummaries | null;
  schools: number;
  of: number[];
  dropped: DropCounts;
  /** How many of those schools changed clearly, and how many did not; left out where this was summed before it was. */
  bands?: Record<ChangeBand, number>;
  /** Their scores in the earlier round beside those of the schools that are in no change; missing where summed before. */
  earlier?: { stayed: Sum | null; left: Sum | null };
};

/**
 * The change of a cohort between two closed rounds (measurement.md §7), from cells that are shown in both, summed once.
 * Plain JSON. `units` are the series that were in both rounds. `apart` are the aspects of either list that are not the
 * same in the other, and so in no change.
 */
export type RoundChange = {
  units: { from: string; to: string; school: string }[];
  views: ChangeSum[];
  aspects: { code: string; competency: string; views: Record<View, Sum | null> }[];
  apart: string[];
  /** How far the views lie apart in either round; left out where this was summed before it was. */
  distances?: DistanceSum[];
  /** The IB'ers' look-back of the later round on the earlier, where that is their first (`storeSums`). */
  lookBack?: LookBackSum[];
  /** The ambitions of the cohort's programme, as they were when this was summed (`storeSums`, `sumAmbitions`). */
  ambitions?: AmbitionSum[];
};

type Match = { earlier: SeriesUnit; later: SeriesUnit };

/** The series that were in both rounds, in the order of a change's `units`. */
export function matchedUnits(earlier: readonly SeriesUnit[], later: readonly SeriesUnit[]): MatchedUnits[] {
  return matchesOf(earlier, later).map((match) => ({ ...match, sameDirector: sameDirector(match) }));
}

function matchesOf(earlier: readonly SeriesUnit[], later: readonly SeriesUnit[]): Match[] {
  return earlier.flatMap((unit): Match[] => {
    const found = later.find(({ series }) => series === unit.series);
    return found ? [{ earlier: unit, later: found }] : [];
  });
}

/**
 * Sums the change between two rounds of a cohort; `same` are the codes of the aspects that both lists have alike. `notRead` are
 * series that stand in a round and are left out of it for this reader.
 */
export function roundChange(
  earlier: readonly SeriesUnit[],
  later: readonly SeriesUnit[],
  same: ReadonlySet<string>,
  notRead: ReadonlySet<string> = new Set(),
): RoundChange {
  const matches = matchesOf(earlier, later);
  const outside = droppedWhole(earlier, later, notRead);
  const competencies = later[0]?.figures.competencies.map(({ code }) => code) ?? [];
  const changes = matches.map((match) => changeOf(match, same));
  const codes = (units: readonly SeriesUnit[]) => units[0]?.figures.aspects.map(({ code }) => code) ?? [];
  return {
    units: matches.map((match) => ({
      from: match.earlier.schoolRoundId,
      to: match.later.schoolRoundId,
      school: match.later.school,
    })),
    views: VIEWS.flatMap((view) =>
      competencies.map((competency) => ({
        ...changeSum(view, competency, matches, changes, outside),
        earlier: earlierScores(
          { view, competency },
          earlier.filter(({ series }) => !notRead.has(series)),
          new Set(
            matches.flatMap((match, index) => (hasChange(changes[index], view, competency) ? [match.earlier] : [])),
          ),
        ),
      })),
    ),
    aspects: aspectChanges(matches, same),
    apart: [...new Set([...codes(earlier), ...codes(later)])].filter((code) => !same.has(code)),
    distances: distanceSums(matchedUnits(earlier, later), same),
  };
}

function hasChange(rows: readonly SchoolChange[] | undefined, view: View, competency: string): boolean {
  return rows?.some((row) => row.view === view && row.competency === competency && row.change !== null) ?? false;
}

/**
 * How those who are in the change scored in the earlier round, and how all others did (measurement.md §7: schools that stop may
 * not be like those that stay). `of` are places in the earlier round.
 */
function earlierScores(
  { view, competency }: { view: View; competency: string },
  units: readonly SeriesUnit[],
  stayed: ReadonlySet<SeriesUnit>,
): { stayed: Sum | null; left: Sum | null } {
  const scores = (isIn: (unit: SeriesUnit) => boolean) =>
    units.map((unit) => {
      const found = unit.figures.competencies.find(({ code }) => code === competency);
      return isIn(unit) ? (found?.views[view].score ?? null) : null;
    });
  const sum = (isIn: (unit: SeriesUnit) => boolean) => sumOf(units, scores(isIn), view === 'director');
  return { stayed: sum((unit) => stayed.has(unit)), left: sum((unit) => !stayed.has(unit)) };
}

/** Schools of one round only. A new IB'er starts a new series, so at one school that is one drop and not two. */
function droppedWhole(
  earlier: readonly SeriesUnit[],
  later: readonly SeriesUnit[],
  notRead: ReadonlySet<string>,
): DropCounts {
  const counts: DropCounts = notRead.size === 0 ? {} : { not_read: notRead.size };
  const isOnlyIn = (others: readonly SeriesUnit[]) => (unit: SeriesUnit) =>
    !notRead.has(unit.series) && others.every(({ series }) => series !== unit.series);
  const newcomers = later.filter(isOnlyIn(earlier));
  for (const gone of earlier.filter(isOnlyIn(later))) {
    const successor = newcomers.findIndex(({ school }) => school === gone.school);
    if (successor !== -1) newcomers.splice(successor, 1);
    add(counts, successor !== -1 ? 'ratee_changed' : gone.left ? 'left' : 'not_in_later');
  }
  return newcomers.length === 0 ? counts : { ...counts, not_in_earlier: newcomers.length };
}

function changeOf({ earlier, later }: Match, same: ReadonlySet<string>): SchoolChange[] {
  const people = { ib: true, director: sameDirector({ earlier, later }) };
  return schoolChange(earlier.figures, later.figures, people, same);
}

/** Where nobody directed in one of the rounds nobody was replaced: the score is missing, and says why. */
function sameDirector({ earlier, later }: Match): boolean {
  return earlier.director === null || later.director === null || earlier.director === later.director;
}

function changeSum(
  view: View,
  competency: string,
  matches: readonly Match[],
  changes: readonly SchoolChange[][],
  outside: DropCounts,
): ChangeSum {
  const own = changes.map((rows) => rows.find((row) => row.view === view && row.competency === competency));
  const dropped = { ...outside };
  for (const row of own) {
    if (row === undefined || row.status === 'round_missing') add(dropped, 'not_in_earlier');
    else if (row.status === 'insufficient') add(dropped, dropReason(row.reason));
    else if (row.status !== 'ok') add(dropped, row.status);
  }
  const behind = matches.map(({ later }) => later);
  const counted = sumOf(
    behind,
    own.map((row) => row?.change ?? null),
    view === 'director',
  );
  const sums = pairedSummaries(
    own.map((row) => row?.from ?? null),
    own.map((row) => row?.to ?? null),
  );
  const schools = counted?.schools ?? 0;
  return {
    view,
    competency,
    sums,
    schools,
    of: counted?.of ?? [],
    dropped,
    bands: bandsOf(own.map((row) => row?.change ?? null)),
  };
}

/** How many schools changed clearly, and how many did not; a school without a change is in none. */
export function bandsOf(changes: readonly (number | null)[]): Record<ChangeBand, number> {
  const bands = changes.map((change) => (change === null ? null : changeBand(change)));
  const count = (band: ChangeBand) => bands.filter((one) => one === band).length;
  return {
    clearly_higher: count('clearly_higher'),
    no_clear_change: count('no_clear_change'),
    clearly_lower: count('clearly_lower'),
  };
}

function dropReason(reason: Reason | undefined): Dropped {
  return reason === undefined || reason === 'too_few_schools' ? 'too_few_judged' : reason;
}

function aspectChanges(matches: readonly Match[], same: ReadonlySet<string>): RoundChange['aspects'] {
  const behind = matches.map(({ later }) => later);
  const before = matches.map(({ earlier }) => new Map(earlier.figures.aspects.map((one) => [one.code, one.views])));
  const listed = matches[0]?.later.figures.aspects.filter(({ code }) => same.has(code)) ?? [];
  return listed.map(({ code, competency }) => {
    const view = (name: View) =>
      sumOf(
        behind,
        matches.map((match, index) => {
          if (name === 'director' && !sameDirector(match)) return null;
          const from = before[index]?.get(code)?.[name].score ?? null;
          const to = match.later.figures.aspects.find((one) => one.code === code)?.views[name].score ?? null;
          return from === null || to === null ? null : to - from;
        }),
        name === 'director',
      );
    return { code, competency, views: { director: view('director'), ib: view('ib'), teacher: view('teacher') } };
  });
}

function add(counts: DropCounts, reason: Dropped): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
