import { perPair } from '#lib/analysis/per-pair.ts';
import { perView } from '#lib/analysis/per-view.ts';
import { classifyAspect } from '#lib/analysis/classify-aspect.ts';
import type { AspectClass } from '#lib/analysis/classify-aspect.ts';
import { classifyCompetency } from '#lib/analysis/classify-competency.ts';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import { flagsMeaning } from '#lib/analysis/clarity.ts';
import { competencyScore } from '#lib/analysis/competency-score.ts';
import { needed } from '#lib/analysis/coverage.ts';
import { matchedGap } from '#lib/analysis/gap.ts';
import { readAspect } from '#lib/analysis/reading.ts';
import type { Reading } from '#lib/analysis/reading.ts';
import { PAIR_VIEWS, VIEWS } from '#lib/analysis/types.ts';
import type { Pair, View } from '#lib/analysis/types.ts';
import { competencyReason } from '#lib/disclosure/competency-reason.ts';
import { gapReason } from '#lib/disclosure/gap-reason.ts';
import type { GapSide } from '#lib/disclosure/gap-reason.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { Snapshot, SnapshotAspect, SnapshotCell } from '#lib/disclosure/snapshot.ts';
import { isWithheld } from '#lib/disclosure/view-state.ts';
import { forViewer } from '#lib/disclosure/viewer.ts';
import type { Viewer } from '#lib/disclosure/viewer.ts';
import type { AspectOutline, Outline } from '#lib/instrument/types.ts';

/** One view's score for an aspect, 1–5, unrounded; null has a reason. */
export type AspectView = { score: number | null; reason?: Reason };

/** One view's score for a competency, 1–5, unrounded; `judged` counts shown aspects. Null has a reason. */
export type CompetencyView = AspectView & { judged: number; status: 'ok' | 'insufficient' | 'none' | 'suppressed' };

/** First minus second view in scale points over `common` aspects; null has a reason. */
export type GapFigure = { gap: number | null; common: number; reason?: Reason };

export type CompetencyFigures = {
  code: string;
  /** How many aspects it has. */
  aspects: number;
  class: CompetencyClass;
  views: Record<View, CompetencyView>;
  gaps: Record<Pair, GapFigure>;
};

export type AspectFigures = {
  code: string;
  competency: string;
  class: AspectClass;
  reading: Reading;
  views: Record<View, AspectView>;
};

/** The figures of one school round (interfaces.md, `report --json`, without the names that the caller knows). */
export type SchoolFigures = {
  mode: Mode;
  instrument: { key: string; version: string };
  raters: Record<View, { invited: number; answered: number }>;
  competencies: CompetencyFigures[];
  /** Gaps over all aspects: the level difference (elevation). */
  overall: { gaps: Record<Pair, GapFigure> };
  aspects: AspectFigures[];
};

/** An aspect of the list with its cells in the snapshot. */
type Item = { aspect: AspectOutline; cells: SnapshotAspect };

/**
 * All figures of a school report, from shown cells only, so that nothing withheld can be computed back (measurement.md
 * §9.2). With a viewer, as that person may see them (rules.md). Throws when the snapshot was made with another list.
 */
export function schoolFigures(snapshot: Snapshot, outline: Outline, viewer?: Viewer): SchoolFigures {
  const seen = viewer ? forViewer(snapshot, viewer) : snapshot;
  const cells = new Map(seen.aspects.map((aspect) => [aspect.code, aspect]));
  const groups = outline.competencies.map(({ code, aspects }) => ({ code, items: itemsOf(aspects, cells) }));
  return {
    mode: seen.mode,
    instrument: { ...seen.instrument },
    raters: perView((view) => ({ invited: seen.views[view].invited, answered: seen.views[view].answered })),
    competencies: groups.map(({ code, items }) => competencyFigures(code, items, seen)),
    overall: {
      gaps: gapsOf(
        groups.flatMap(({ items }) => items),
        seen,
      ),
    },
    aspects: groups.flatMap(({ code, items }) => items.map((item) => aspectFigures(code, item))),
  };
}

/**
 * The scores of every competency alone, with the reason of each null, in the order of the list: what a page about many
 * schools needs, without the rest of their figures.
 */
export function competencyViews(
  snapshot: Snapshot,
  outline: Outline,
): { code: string; views: Record<View, CompetencyView> }[] {
  const cells = new Map(snapshot.aspects.map((aspect) => [aspect.code, aspect]));
  const asked = outline.competencies.filter(({ aspects }) => aspects.length > 0);
  return asked.map(({ code, aspects }) => {
    const items = itemsOf(aspects, cells);
    return { code, views: perView((view) => competencyView(view, items, snapshot)) };
  });
}

function itemsOf(aspects: readonly AspectOutline[], cells: ReadonlyMap<string, SnapshotAspect>): Item[] {
  return aspects.map((aspect) => {
    const found = cells.get(aspect.code);
    if (!found) throw new Error(`the snapshot has no aspect ${aspect.code}: it was made with another list`);
    return { aspect, cells: found };
  });
}

function competencyFigures(code: string, items: readonly Item[], snapshot: Snapshot): CompetencyFigures {
  const gaps = gapsOf(items, snapshot);
  return {
    code,
    aspects: items.length,
    class: classifyCompetency(perPair((pair) => gaps[pair].gap)),
    views: perView((view) => competencyView(view, items, snapshot)),
    gaps,
  };
}

function competencyView(view: View, items: readonly Item[], { views, mode }: Snapshot): CompetencyView {
  const { state } = views[view];
  const { score, judged, status: coverage } = competencyScore(items.map(({ cells }) => cells.views[view].score));
  if (score !== null) return { score, judged, status: coverage };
  const status = isWithheld(state) ? 'suppressed' : state === 'shown' ? coverage : 'none';
  const aspects = items.map(({ aspect }) => aspect);
  return { score, judged, status, reason: competencyReason({ view, state, mode, aspects }) };
}

function gapsOf(items: readonly Item[], snapshot: Snapshot): Record<Pair, GapFigure> {
  const aspects = items.map(({ aspect }) => aspect);
  const sides = perView((view): GapSide => ({
    view,
    state: snapshot.views[view].state,
    cells: items.map(({ cells }) => cells.views[view]),
  }));
  return perPair((pair) => {
    const [first, second] = [sides[PAIR_VIEWS[pair][0]], sides[PAIR_VIEWS[pair][1]]];
    const { gap, common } = matchedGap(scoresOf(first), scoresOf(second));
    if (gap !== null) return { gap, common };
    return { gap, common, reason: gapReason([first, second], aspects, needed(items.length)) };
  });
}

function scoresOf({ cells }: GapSide): (number | null)[] {
  return cells.map(({ score }) => score);
}

function aspectFigures(competency: string, { cells }: Item): AspectFigures {
  const views = perView((view) => cells.views[view]);
  const aspectClass = classifyAspect(perView((view) => views[view].score));
  return {
    code: cells.code,
    competency,
    class: aspectClass,
    reading: readAspect({
      class: aspectClass,
      unclear: VIEWS.some((view) => views[view].unclear),
      notObserved: VIEWS.some((view) => views[view].notObserved),
      cohortUnclear: flagsMeaning(cells.flags),
    }),
    views: perView((view) => aspectView(views[view])),
  };
}

/** Without the shares: they speak through the reading only, never by view (measurement.md §5, §9.9). */
function aspectView({ score, reason }: SnapshotCell): AspectView {
  return reason === undefined ? { score } : { score, reason };
}
