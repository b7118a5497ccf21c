import type { Dropped } from '#lib/disclosure/cohort-reason.ts';
import type { ChangeFigure, CohortChange } from '#lib/server/reports/service.ts';
import type { Row } from '#lib/server/workbook-xml.ts';
import type { Place } from './columns.ts';
import { cellsOf, shown, type Measured } from './figure-rows.ts';

/**
 * The change of a cohort since an earlier round as rows of the table `figures`, below those of the later round, as the page
 * that compares has it: competencies with who is in no change and why, then the aspects that changed demonstrably.
 * @param places where each aspect of the later round's list belongs, by its code
 */
export function changeRows({ from, to, views, aspects }: CohortChange, places: ReadonlyMap<string, Place>): Row[] {
  const list = places.values().next().value?.list ?? '';
  const lead = [to.cohort.name, to.name, list];
  const since = from.name;
  return [
    ...views.flatMap((row) => {
      const { view, competency } = row;
      const about = { level: 'competency', competency } as const;
      return measuredOf(row).map((measured) => [...lead, ...cellsOf(about, { ...measured, view, since })]);
    }),
    ...aspects.map(({ aspect, competency, view, difference }) => {
      const about = { level: 'aspect', competency, aspect, cluster: places.get(aspect)?.cluster ?? '' } as const;
      const reason = difference === null ? { reason: 'hidden_cells' as const } : {};
      return [...lead, ...cellsOf(about, { figure: 'change', value: shown(difference), view, since, ...reason })];
    }),
  ];
}

function measuredOf({ n, schools, change, low, high, gAv, reason, earlier, dropped }: ChangeFigure): Measured[] {
  const counts = { n, schools, ...(reason === undefined ? {} : { reason }) };
  const means = (['stayed', 'left'] as const).flatMap((who): Measured[] => {
    const found = earlier?.[who];
    if (!found) return [{ figure: `earlier_${who}`, value: null, reason: 'too_few_schools' }];
    return [{ figure: `earlier_${who}`, value: shown(found.mean), n: found.n, schools: found.schools }];
  });
  const reasons = Object.entries(dropped) as [Dropped, number][];
  return [
    { figure: 'change', value: shown(change), low: shown(low), high: shown(high), ...counts },
    { figure: 'change_g', value: shown(gAv), ...counts },
    ...means,
    ...reasons.map(([why, value]): Measured => ({ figure: `dropped.${why}`, value })),
  ];
}
