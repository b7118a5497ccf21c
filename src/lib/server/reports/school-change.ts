import { changeBand, matchedChange } from '#lib/analysis/matched-change.ts';
import type { ChangeBand, MatchedChange } from '#lib/analysis/matched-change.ts';
import { VIEWS } from '#lib/analysis/types.ts';
import type { Score, View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { AspectFigures, CompetencyView, SchoolFigures } from './figures.ts';

/** Whether the same people stand in both rounds, by person; teachers are never matched (rules.md). */
type SamePeople = { ib: boolean; director: boolean };

/**
 * Words of the vectors, and `reworded`: too few aspects were asked in the same words in both rounds, of which enough are
 * shown. All but `ok` mean that there is no change to show.
 */
export type ChangeStatus = 'ok' | 'insufficient' | 'round_missing' | 'ratee_changed' | 'director_changed' | 'reworded';

/**
 * Change of one view on one competency. `change` is later minus earlier in scale points, over the `common` aspects that
 * are shown in both rounds; `from` and `to` are the means over the same aspects. Null with any status but `ok`;
 * `insufficient` also has a reason.
 */
export type SchoolChange = MatchedChange & {
  view: View;
  competency: string;
  status: ChangeStatus;
  band: ChangeBand | null;
  reason?: Reason;
};

/**
 * Change of a series between two of its rounds (measurement.md §7), a row a view and competency. A round that was not
 * held is null. Aspects are matched by code; only cells that are shown in both rounds count. Without either round there
 * are no rows.
 * @param alike the codes that both lists ask in the same words (instrument/same-aspect.ts); left out where the rounds have one
 *   list. Any other aspect is not compared, and still counts for what a score needs (§2).
 */
export function schoolChange(
  earlier: SchoolFigures | null,
  later: SchoolFigures | null,
  same: SamePeople,
  alike?: ReadonlySet<string>,
): SchoolChange[] {
  const competencies = (later ?? earlier)?.competencies ?? [];
  const [before, after] = [scoresByAspect(earlier), scoresByAspect(later)];
  return VIEWS.flatMap((view) =>
    competencies.map(({ code }) => {
      const status = comparable(view, earlier, later, same);
      if (status !== 'ok') return { view, competency: code, status, ...NO_CHANGE };
      const codes = aspectCodes(code, earlier, later);
      const scores = (round: ReadonlyMap<string, AspectFigures>) =>
        codes.map((aspect) => round.get(aspect)?.views[view].score ?? null);
      const all = [scores(before), scores(after)] as const;
      const inSameWords = (side: readonly Score[]) =>
        side.map((score, index) => (alike === undefined || alike.has(codes[index] ?? '') ? score : null));
      const matched = matchedChange(inSameWords(all[0]), inSameWords(all[1]));
      if (matched.change === null) {
        if (matchedChange(...all).change !== null) {
          return { view, competency: code, status: 'reworded', ...matched, band: null };
        }
        const reason = shortage(view, code, earlier, later);
        return { view, competency: code, status: 'insufficient', ...matched, band: null, reason };
      }
      return { view, competency: code, status, ...matched, band: changeBand(matched.change) };
    }),
  );
}

const NO_CHANGE = { from: null, to: null, change: null, common: 0, band: null };

function comparable(
  view: View,
  earlier: SchoolFigures | null,
  later: SchoolFigures | null,
  same: SamePeople,
): ChangeStatus {
  if (!earlier || !later) return 'round_missing';
  if (!same.ib) return 'ratee_changed';
  return view === 'director' && !same.director ? 'director_changed' : 'ok';
}

function scoresByAspect(figures: SchoolFigures | null): ReadonlyMap<string, AspectFigures> {
  return new Map(figures?.aspects.map((aspect) => [aspect.code, aspect]));
}

/** All aspects of the competency in either round, so that a changed list does not lower what is needed. */
function aspectCodes(competency: string, ...rounds: readonly (SchoolFigures | null)[]): string[] {
  const codes = rounds.flatMap((round) => round?.aspects ?? []).filter((aspect) => aspect.competency === competency);
  return [...new Set(codes.map(({ code }) => code))];
}

function viewOf(figures: SchoolFigures | null, competency: string, view: View): CompetencyView | undefined {
  return figures?.competencies.find(({ code }) => code === competency)?.views[view];
}

/** The earlier round's reason, else the later's; else both have a score, but over too few common aspects. */
function shortage(view: View, competency: string, ...rounds: readonly (SchoolFigures | null)[]): Reason {
  for (const round of rounds) {
    const reason = viewOf(round, competency, view)?.reason;
    if (reason) return reason;
  }
  const pooled = view === 'teacher' && rounds.some((round) => round?.mode === 'protected');
  return pooled ? 'hidden_cells' : 'too_few_judged';
}
