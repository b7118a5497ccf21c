import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { manyCannotJudge, manyUnclear } from '#lib/analysis/reading.ts';
import { tallyRatings } from '#lib/analysis/tally.ts';
import type { Tally, Tallies } from '#lib/analysis/tally.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Rating, View } from '#lib/analysis/types.ts';
import { cellReason } from '#lib/disclosure/cell-reason.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { shownRemarks } from '#lib/disclosure/remarks.ts';
import type { Remark, Shuffle } from '#lib/disclosure/remarks.ts';
import { SNAPSHOT_VERSION } from '#lib/disclosure/snapshot.ts';
import type { Snapshot, SnapshotAspect, SnapshotCell } from '#lib/disclosure/snapshot.ts';
import { enoughTeachers } from '#lib/disclosure/teacher-count.ts';
import { viewState } from '#lib/disclosure/view-state.ts';
import type { ViewState } from '#lib/disclosure/view-state.ts';
import type { AspectOutline, Outline, Role } from '#lib/instrument/types.ts';

/** One person in one role. */
export type Rater = { rater: string | number; role: Role };

/** A submitted response. `consent` counts for teachers in open mode only, where anything but true withholds the view. */
export type SubmittedResponse = Rater & { consent: boolean | null };

/** All that a snapshot of one school round is made from. */
export type SnapshotInput = {
  mode: Mode;
  instrument: { key: string; version: string };
  outline: Outline;
  /** The roles that the list asks. */
  roles: ReadonlySet<Role>;
  /** Answers; those of raters who are not in `raters` do not count. */
  ratings: Iterable<Rating>;
  /** Submitted responses, one a person and role. */
  raters: readonly SubmittedResponse[];
  /** People who were asked, also if they did not submit. */
  invited: Readonly<Record<Role, number>>;
  /** The cohort's flags by aspect code (analysis/clarity.ts over the whole round); absent = none. */
  flags: ReadonlyMap<string, readonly ClarityFlag[]>;
  remarks: readonly Remark[];
  /** Draws the order of the teachers' remarks. */
  shuffle: Shuffle;
};

/** The answers of submitted responses, tallied; the same for the snapshot of a school and the clarity of a cohort. */
export function tallySubmitted({ ratings, raters }: { ratings: Iterable<Rating>; raters: readonly Rater[] }): Tallies {
  return tallyRatings(submittedOnly(ratings, raters));
}

/** Makes the document that is stored when a round closes (rules.md, Shown and withheld). */
export function takeSnapshot(input: SnapshotInput): Snapshot {
  const tallies = tallySubmitted(input);
  const states = statesOf(input);
  return {
    snapshotVersion: SNAPSHOT_VERSION,
    constants: CONSTANTS.version,
    mode: input.mode,
    instrument: { key: input.instrument.key, version: input.instrument.version },
    views: {
      director: { invited: input.invited.director, answered: answered(input, 'director'), state: states.director },
      ib: { invited: input.invited.ib, answered: answered(input, 'ib'), state: states.ib },
      teacher: { invited: input.invited.teacher, answered: answered(input, 'teacher'), state: states.teacher },
    },
    aspects: input.outline.competencies.flatMap(({ aspects }) =>
      aspects.map((aspect) => snapshotAspect(aspect, input, tallies, states)),
    ),
    remarks: shownRemarks([...submittedOnly(input.remarks, input.raters)], states, input.mode, input.shuffle),
  };
}

function snapshotAspect(
  aspect: AspectOutline,
  { mode, flags }: SnapshotInput,
  tallies: Tallies,
  states: Readonly<Record<View, ViewState>>,
): SnapshotAspect {
  const cell = (view: View): SnapshotCell => {
    const observable = aspect.observableBy.includes(view);
    const tally = states[view] === 'shown' ? tallies[view].get(aspect.code) : undefined;
    const shares = sharesOf(view, tally, mode, observable);
    const score = tally && showsScore(view, tally, mode) ? tally.score : null;
    if (score !== null) return { score, ...shares };
    return { score, reason: cellReason({ view, state: states[view], mode, observable }), ...shares };
  };
  return {
    code: aspect.code,
    flags: [...(flags.get(aspect.code) ?? [])],
    views: { director: cell('director'), ib: cell('ib'), teacher: cell('teacher') },
  };
}

function showsScore(view: View, { judged }: Tally, mode: Mode): boolean {
  return view !== 'teacher' || enoughTeachers(judged, mode);
}

/** A role that the list leaves out never makes an aspect "not observed": there "cannot judge" is a good answer. */
function sharesOf(view: View, tally: Tally | undefined, mode: Mode, observable: boolean) {
  if (!tally || (view === 'teacher' && !enoughTeachers(tally.answered, mode))) {
    return { unclear: false, notObserved: false };
  }
  return { unclear: manyUnclear(tally), notObserved: observable && manyCannotJudge(tally) };
}

function statesOf({ raters, mode, roles }: SnapshotInput): Record<View, ViewState> {
  const state = (view: View) =>
    viewState(
      view,
      raters.filter(({ role }) => role === view),
      mode,
      roles.has(view),
    );
  return { director: state('director'), ib: state('ib'), teacher: state('teacher') };
}

function answered({ raters }: SnapshotInput, view: View): number {
  return raters.filter(({ role }) => role === view).length;
}

function* submittedOnly<T extends Rater>(items: Iterable<T>, raters: readonly Rater[]): Iterable<T> {
  const submitted = new Map<Role, Set<string | number>>(VIEWS.map((view) => [view, new Set()]));
  for (const { rater, role } of raters) submitted.get(role)?.add(rater);
  for (const item of items) if (submitted.get(item.role)?.has(item.rater)) yield item;
}
