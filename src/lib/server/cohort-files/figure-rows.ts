import { roundForDisplay } from '#lib/analysis/rounding.ts';
import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import { VIEWS, PAIRS, type View } from '#lib/analysis/types.ts';
import type { Reason } from '#lib/disclosure/reason.ts';
import type { AspectOverSchools, Figure, GapOverSchools, RoundFigures } from '#lib/server/reports/service.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import { FIGURES, type FigureName, type Place } from './columns.ts';

/** What a figure is about; empty parts are empty cells. */
export type About = { level: 'competency' | 'aspect'; competency: string; cluster?: string; aspect?: string };
export type Measured = {
  view?: string;
  figure: FigureName;
  value: number | null;
  low?: number | null;
  high?: number | null;
  n?: number;
  schools?: number;
  flagged?: boolean;
  reason?: Reason;
  /** Of a change the earlier round. */
  since?: string;
};

const READING = 'reading.';

/**
 * The figures of a round as rows of the table `figures`, competencies before aspects. Means and intervals have one decimal,
 * as on the screen: unrounded, two overlapping groups would give back what one school has more (reports/cohort-service.ts).
 * Shares have two.
 * @param places where each aspect of the list belongs, by its code
 */
export function figureRows(figures: RoundFigures, places: ReadonlyMap<string, Place>): Row[] {
  const { round, views, gaps, aspects, clarity } = figures;
  const list = places.values().next().value?.list ?? '';
  const lead = [round.cohort.name, round.name, list];
  const rows: Row[] = [];
  const add = (about: About, measured: Measured) => rows.push([...lead, ...cellsOf(about, measured)]);
  for (const one of views) add(competencyOf(one), meanOf(one.view, one));
  for (const one of gaps) for (const measured of gapsOf(one.pair, one)) add(competencyOf(one), measured);
  const clarityOf = new Map(clarity.map((row) => [row.aspect, row]));
  for (const aspect of aspects) {
    const about: About = {
      ...{ level: 'aspect', competency: aspect.competency, aspect: aspect.code },
      cluster: places.get(aspect.code)?.cluster ?? '',
    };
    for (const view of VIEWS) add(about, meanOf(view, aspect.views[view]));
    for (const pair of PAIRS) for (const measured of gapsOf(pair, aspect.gaps[pair])) add(about, measured);
    for (const measured of readingsOf(aspect, figures.schools)) add(about, measured);
    for (const measured of clarityRows(clarityOf.get(aspect.code))) add(about, measured);
  }
  return rows;
}

function competencyOf({ competency }: { competency: string }): About {
  return { level: 'competency', competency };
}

function meanOf(view: View, figure: Figure): Measured {
  return { view, figure: 'mean', value: shown(figure.mean), ...around(figure) };
}

function gapsOf(pair: string, gap: GapOverSchools): Measured[] {
  const { n, schools, reason } = gap;
  const counts = { view: pair, n, schools, ...(reason === undefined ? {} : { reason }) };
  return [
    { view: pair, figure: 'gap', value: shown(gap.mean), ...around(gap) },
    { figure: 'gap_size', value: gap.mean === null ? null : shown(gap.size), ...counts },
    {
      figure: 'gap_large',
      value: gap.large,
      view: pair,
      n,
      schools,
      ...(gap.large === null && reason ? { reason } : {}),
    },
  ];
}

function around({ low, high, n, schools, reason }: Figure): Omit<Measured, 'figure' | 'value'> {
  return { low: shown(low), high: shown(high), n, schools, ...(reason === undefined ? {} : { reason }) };
}

/** A reading that no school round has counts none, where the others are shown. */
function readingsOf({ readings, reason }: AspectOverSchools, schools: number): Measured[] {
  const counts: Readonly<Record<string, number>> = readings ?? {};
  return FIGURES.filter((figure) => figure.startsWith(READING)).map((figure) => ({
    ...{ figure, value: readings === null ? null : (counts[figure.slice(READING.length)] ?? 0), schools },
    ...(reason === undefined ? {} : { reason }),
  }));
}

function clarityRows(row: RoundFigures['clarity'][number] | undefined): Measured[] {
  if (!row) return [];
  const counts = { n: row.cells, schools: row.schools };
  const measured = (
    figure: FigureName,
    key: 'U' | 'C' | 'C_director' | 'C_ib' | 'C_teacher' | 'N',
    about: { view?: View; flag?: ClarityFlag },
  ): Measured => {
    const [value, reason] = [row[key], row.reasons[key]];
    return {
      ...{ figure, value: value === null ? null : Math.round(value * 100) / 100, ...counts },
      ...(about.view === undefined ? {} : { view: about.view }),
      ...(about.flag === undefined || value === null ? {} : { flagged: row.flags.includes(about.flag) }),
      ...(reason === undefined ? {} : { reason }),
    };
  };
  return [
    measured('unclear', 'U', { flag: 'U' }),
    measured('cannot_judge', 'C', {}),
    ...VIEWS.map((view) => measured('cannot_judge', `C_${view}`, { view, flag: `C_${view}` })),
    measured('noise', 'N', { flag: 'N' }),
  ];
}

/** In the order of COLUMNS.figures, after the round. A withheld figure has no counts that a shown one would not have. */
export function cellsOf({ level, competency, cluster = '', aspect = '' }: About, measured: Measured): Row {
  const {
    view = '',
    figure,
    value,
    low = null,
    high = null,
    n = null,
    schools = null,
    flagged,
    reason = '',
    since = '',
  } = measured;
  const flag = flagged === undefined ? null : Number(flagged);
  return [level, competency, cluster, aspect, view, figure, value, low, high, n, schools, flag, reason, since];
}

export function shown(value: number | null): number | null {
  return value === null ? null : roundForDisplay(value);
}
