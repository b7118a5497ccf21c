import type { BalanceFigure, BalanceRow } from './balance-figure.ts';
import { balanceRowSvg } from './balance-svg.ts';
import type { PaperTheme } from './paper-theme.ts';
import { fullMark } from './svg-marks.ts';
import { EDGE, Sheet, WIDTH } from './svg-sheet.ts';

/** The balance of advising and coaching as an SVG file of its own: one axis a view, its words and values beside it. */
export function balanceChartFile(
  figure: BalanceFigure,
  title: string,
  { axis, wordsOf }: { axis: { low: string; middle: string; high: string }; wordsOf: (row: BalanceRow) => string },
  theme: PaperTheme,
): string {
  const [axisX, axisWidth, wordsX, height] = [190, 400, 610, 52];
  const sheet = new Sheet(theme);
  sheet.line(title, { size: 22, bold: true, colour: theme.ink });
  sheet.line(figure.caption, { size: 15, colour: theme.ink }, 16);
  const word = (text: string, share: number) =>
    sheet.text(text, { x: axisX + axisWidth * share, width: axisWidth / 3 }, { size: 12, anchor: 'middle' });
  const said = [word(axis.low, 1 / 6), word(axis.middle, 1 / 2), word(axis.high, 5 / 6)];
  sheet.y += Math.max(...said) + 4;
  for (const row of figure.rows) {
    const y = sheet.y;
    sheet.add(fullMark({ view: row.view, x: EDGE + 10, y: y + height - 14, size: 0.8 }, theme));
    const name = { x: EDGE + 28, y: y + height - 24, width: axisX - EDGE - 36 };
    sheet.text(row.name, name, { size: 14, bold: true, colour: theme.ink });
    sheet.place(balanceRowSvg(row, figure, { width: axisWidth, height, marks: 1 }, theme), axisX, y);
    const place = { x: wordsX, y: y + height - 24, width: WIDTH - EDGE - wordsX };
    const words = sheet.text(wordsOf(row), place, { size: 14, colour: theme.ink });
    sheet.y += Math.max(height, height - 24 + words) + 8;
  }
  return sheet.finish(title, figure.caption);
}
