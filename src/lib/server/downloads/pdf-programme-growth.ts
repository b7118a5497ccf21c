import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { VIEWS } from '#lib/analysis/types.ts';
import type { CourseCell, CourseFigure } from '#lib/charts/course-figure.ts';
import { courseCellSvg } from '#lib/charts/course-svg.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { CohortPart } from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { columnWord } from '#lib/text/report-words.ts';
import { markSvg } from './pdf-overview.ts';
import { EMPTY, heading, small, subtitle, together } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** How a cohort is named in the file, null where there is one only; and the language. */
export type Told = { name: (cohort: CohortPart) => string | null; locale: Locale };

/** Widths of a panel, of the drawing in it, and of the words beside; over schools there are always more teachers than one. */
const [PANEL, DRAWING, WORDS, MANY] = [98, 42, 78, 2];

/** The change since the start, a table of panels a cohort. */
export function growth(cohorts: readonly CohortPart[], notes: readonly string[], { name, locale }: Told): Content[] {
  const parts = cohorts.flatMap((cohort): Content[] => {
    const { change } = cohort;
    if (change === null) return [];
    const named = name(cohort);
    return [
      together([
        ...(named === null ? [] : [subtitle(named)]),
        small(change.figure.caption, 3),
        panels(change.figure, locale),
      ]),
    ];
  });
  if (parts.length === 0) return [];
  const own = new Set(cohorts.flatMap(({ change }) => change?.notes ?? []));
  return [...heading(m.programme_growth({}, { locale })), ...parts, ...[...own, ...notes].map((note) => small(note))];
}

function panels(figure: CourseFigure, locale: Locale): Content {
  const head = VIEWS.map((view): TableCell => ({
    columns: [
      { svg: markSvg(view), width: 13 },
      { text: columnWord(view, MANY, locale), bold: true, margin: [3, 1, 0, 0] },
    ],
    fillColor: PAPER.panels[view],
  }));
  const rows = figure.rows.map((row): TableCell[] => [
    { text: row.title, bold: true, fontSize: SIZE.close, lineHeight: 1, margin: [0, 1, 0, 0] },
    ...row.cells.map((cell) => cellOf(cell, figure)),
    { text: row.word, fontSize: SIZE.fine, lineHeight: 1, margin: [0, 2, 0, 0] },
  ]);
  return {
    table: {
      ...{ widths: ['*', PANEL, PANEL, PANEL, WORDS], headerRows: 1, dontBreakRows: true },
      body: [[EMPTY, ...head, EMPTY], ...rows],
    },
    ...{ layout: 'panels' satisfies TableStyle, margin: [0, 0, 0, 4] },
  };
}

/** The line over the rounds, and beside it the latest change. */
function cellOf(cell: CourseCell, figure: CourseFigure): TableCell {
  const words =
    cell.value === null
      ? [{ text: cell.text, fontSize: SIZE.label }]
      : [
          { text: cell.text, bold: true, fontSize: 11 },
          ...(cell.interval === null ? [] : [{ text: `\n${cell.interval}`, fontSize: SIZE.label, color: PAPER.text }]),
        ];
  const drawing: Column[] =
    cell.points.length === 0 ? [] : [{ svg: courseCellSvg(cell, figure, PAPER), width: DRAWING }];
  return {
    columns: [...drawing, { text: words, lineHeight: 1, width: '*' }],
    ...{ columnGap: 3, fillColor: PAPER.panels[cell.view] },
  };
}
