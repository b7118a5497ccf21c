import { extent } from 'd3-array';
import { VIEWS } from '#lib/analysis/types.ts';
import type { ShownMean } from '#lib/charts/cohort-figure.ts';
import { heatCells, numberOf } from '#lib/charts/heat-figure.ts';
import type { HeatRow, HeatTable } from '#lib/charts/heat-figure.ts';
import type { DashboardPage } from '#lib/components/dashboard/dashboard-page.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { aspectMean } from './facts.ts';
import type { CohortAspect } from './facts.ts';

/** Aspects × views, a table a competency, in the order of the list. */
export function heatPart(
  instrument: Instrument,
  aspects: readonly CohortAspect[],
  locale: Locale,
): DashboardPage['heat'] {
  const tables = instrument.competencies.flatMap(({ code, title, clusters }): HeatTable[] => {
    const filled = clusters.flatMap((cluster) => {
      const rows = aspects.filter((aspect) => aspect.cluster === cluster).map((aspect) => heatRow(aspect, locale));
      return rows.length === 0 ? [] : [{ key: cluster.key, title: cluster.title[locale], rows }];
    });
    return filled.length === 0 ? [] : [{ code, title: title[locale], clusters: filled }];
  });
  const cells = tables.flatMap(({ clusters }) => clusters.flatMap(({ rows }) => rows.flatMap((row) => row.cells)));
  const has = (sign: '–' | '') => cells.some((cell) => cell.tint === 0 && cell.sign === sign);
  const [low, high] = extent(aspects.flatMap((aspect) => VIEWS.flatMap((view) => countOf(aspectMean(aspect, view)))));
  return {
    tables,
    count: aspects.length,
    hasInvisible: has('–'),
    hasUnasked: has(''),
    schools: low === undefined ? null : { low, high },
  };
}

function countOf({ n, mean }: ShownMean): number[] {
  return mean === null ? [] : [n];
}

function heatRow(aspect: CohortAspect, locale: Locale): HeatRow {
  const { code, listed, flags } = aspect;
  const views = {
    director: aspectMean(aspect, 'director'),
    ib: aspectMean(aspect, 'ib'),
    teacher: aspectMean(aspect, 'teacher'),
  };
  return {
    code,
    number: numberOf(code),
    statement: listed.other[locale],
    isMeaning: flags.some((flag) => flag === 'U' || flag === 'N'),
    cells: heatCells(views, locale),
  };
}
