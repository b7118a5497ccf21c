import { VIEWS, type View } from '#lib/analysis/types.ts';
import type { CohortFigure, CohortLane } from './cohort-figure.ts';
import { cohortRowSvg } from './cohort-svg.ts';
import type { PaperTheme } from './paper-theme.ts';
import { fullMark } from './svg-marks.ts';
import { EDGE, Sheet, WIDTH } from './svg-sheet.ts';

/** The words of the file, in the reader's language. */
type Words = { title: string; names: Readonly<Record<View, string>>; lane: (lane: CohortLane) => string };

/**
 * Means of a cohort as an SVG file of its own: a row a competency with its three lanes, and beside each lane its value,
 * interval and number, or why there is none.
 */
export function cohortChartFile({ caption, scale, rows }: CohortFigure, words: Words, theme: PaperTheme): string {
  const [plotX, plotWidth, wordsX, lane] = [250, 360, 630, 24];
  const sheet = new Sheet(theme);
  sheet.line(words.title, { size: 22, bold: true, colour: theme.ink });
  if (caption !== '') sheet.line(caption, { size: 15, colour: theme.ink }, 16);
  VIEWS.forEach((view, index) => {
    sheet.add(fullMark({ view, x: EDGE + 10, y: sheet.y + 10 + index * 22, size: 0.8 }, theme));
    sheet.text(words.names[view], { x: EDGE + 28, y: sheet.y + 2 + index * 22, width: 200 }, { size: 14 });
  });
  scale.labels.forEach((label, index) => {
    const x = plotX + plotWidth * (0.1 + index * 0.2);
    sheet.text(label, { x, y: sheet.y + 32, width: plotWidth / 5 - 6 }, { size: 11, anchor: 'middle' });
  });
  sheet.y += 76;
  sheet.rule(sheet.y, theme.ink);
  for (const row of rows) {
    const y = sheet.y + 8;
    const height = VIEWS.length * lane;
    const title = { x: EDGE, y: y + 4, width: plotX - EDGE - 16 };
    const said = sheet.text(row.title, title, { size: 15, bold: true, colour: theme.ink });
    sheet.place(cohortRowSvg(row, { width: plotWidth, height, marks: 1 }, theme), plotX, y);
    row.lanes.forEach((one, index) => {
      const place = { x: wordsX, y: y + index * lane + 4, width: WIDTH - EDGE - wordsX };
      sheet.text(words.lane(one), place, { size: 13, colour: theme.ink });
    });
    sheet.y += Math.max(height, said) + 16;
    sheet.rule(sheet.y);
  }
  return sheet.finish(words.title, caption);
}
