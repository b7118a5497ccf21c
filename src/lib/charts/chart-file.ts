import type { View } from '#lib/analysis/types.ts';
import type { GapFigure, RoundsFigure, TriptychFigure } from './figure.ts';
import type { PaperTheme } from './paper-theme.ts';
import { element } from './svg.ts';
import { fullMark } from './svg-marks.ts';
import { EDGE, Sheet, WIDTH } from './svg-sheet.ts';
import { gapRowSvg, hatch, roundsPanelSvg, trackSvg } from './to-svg.ts';
import { textBlock } from './svg-text.ts';

/**
 * A figure as an SVG file of its own, with the title, sentence, legend, words and values that stand around it on the
 * page, so that it says the same where it is pasted. What is withheld stands there in words on a hatch.
 */

/** A gap chart: every aspect of a competency with its statement, marks, values and reading. */
export function gapChartFile(
  { title, caption, scale, views, rows, notes }: GapFigure,
  names: Readonly<Record<View, string>>,
  theme: PaperTheme,
): string {
  const [plotX, plotWidth, valueX, readX] = [400, 300, 712, 800];
  const sheet = start(title, caption, theme);
  const top = sheet.y;
  views.forEach((view, lane) => {
    sheet.add(fullMark({ view, x: EDGE + 10, y: top + 10 + lane * 22, size: 0.8 }, theme));
    sheet.text(names[view], { x: EDGE + 28, y: top + 2 + lane * 22, width: 300 }, { size: 14 });
  });
  scale.labels.forEach((label, index) => {
    const x = plotX + plotWidth * (0.1 + index * 0.2);
    sheet.text(label, { x, y: top + 32, width: plotWidth / 5 - 6 }, { size: 11, anchor: 'middle' });
  });
  sheet.y += 68;
  sheet.rule(sheet.y, theme.ink);
  for (const row of rows) {
    const y = sheet.y;
    const said = sheet.text(
      `${row.code} ${row.statement}`,
      { x: EDGE, y: y + 8, width: plotX - EDGE - 16 },
      { size: 14, colour: theme.ink },
    );
    const height = Math.max(66, said + 6);
    const box = { width: readX - plotX - 8, height, marks: 0.85, values: readX - valueX - 8 };
    sheet.place(gapRowSvg(row, box, theme), plotX, y + 4);
    sheet.text(row.readingWord, { x: readX, y: y + height / 2 - 6, width: 136 }, { size: 14, colour: theme.ink });
    sheet.y += height + 8;
    sheet.rule(sheet.y);
  }
  sheet.y += 8;
  for (const { word, texts } of notes) sheet.line(`${word}: ${texts.join(' ')}`, { size: 12 }, 4);
  return sheet.finish(title, caption);
}

/** The triptych: competencies × views, panel by panel. */
export function triptychChartFile(
  { caption, columns, rows }: TriptychFigure,
  title: string,
  scaleNote: string,
  theme: PaperTheme,
): string {
  const [panelX, panelWidth, step] = [230, 160, 172];
  const sheet = start(title, caption, theme);
  const [top, headHeight] = [sheet.y, 84];
  const [reasonWidth, reasonLook] = [panelWidth - 12, { size: 11, anchor: 'middle' } as const];
  const reasons = rows.flatMap(({ marks }) => marks.flatMap(({ value, text }) => (value === null ? [text] : [])));
  const heights = reasons.map((text) => textBlock(text, { x: 0, y: 0, width: reasonWidth }, reasonLook, theme).height);
  const rowHeight = Math.max(84, ...heights.map((height) => height + 28));
  const height = headHeight + rows.length * rowHeight;
  columns.forEach(({ view, label, count, closed }, index) => {
    const [x, middle] = [panelX + index * step, panelX + index * step + panelWidth / 2];
    sheet.add(element('rect', { x, y: top, width: panelWidth, height, fill: theme.panels[view] }));
    if (closed) sheet.add(hatch(x, top, panelWidth, height, theme));
    sheet.add(fullMark({ view, x: middle, y: top + 20, size: 0.9 }, theme));
    const place = { x: middle, width: panelWidth };
    sheet.text(label, { ...place, y: top + 36 }, { size: 15, bold: true, colour: theme.ink, anchor: 'middle' });
    sheet.text(count, { ...place, y: top + 58 }, { size: 12, anchor: 'middle' });
  });
  rows.forEach(({ title: name, marks, classWord }, index) => {
    const y = top + headHeight + index * rowHeight;
    sheet.rule(y);
    sheet.text(name, { x: EDGE, y: y + 20, width: panelX - EDGE - 12 }, { size: 15, bold: true, colour: theme.ink });
    marks.forEach((mark, column) => {
      const x = panelX + column * step;
      const place = { x: x + panelWidth / 2, width: reasonWidth };
      if (mark.value === null) {
        sheet.text(mark.text, { ...place, y: y + 14 }, reasonLook);
        return;
      }
      sheet.text(mark.text, { ...place, y: y + 12 }, { size: 24, bold: true, colour: theme.ink, anchor: 'middle' });
      sheet.place(trackSvg(marks, mark.view, { width: panelWidth, height: 26, marks: 1 }, theme), x, y + 46);
    });
    const x = panelX + columns.length * step;
    sheet.text(classWord, { x, y: y + 24, width: WIDTH - EDGE - x }, { size: 14, colour: theme.ink });
  });
  sheet.y = top + height + 12;
  sheet.line(scaleNote, { size: 12 }, 0);
  return sheet.finish(title, caption);
}

/** The rounds: a panel a competency, with what changed in words below it. */
export function roundsChartFile(
  figure: RoundsFigure,
  title: string,
  names: Readonly<Record<View, string>>,
  theme: PaperTheme,
): string {
  const perRow = 2;
  const width = (WIDTH - 2 * EDGE) / perRow - 12;
  const sheet = start(title, figure.caption, theme);
  for (let first = 0; first < figure.panels.length; first += perRow) {
    const top = sheet.y;
    let lowest = top;
    figure.panels.slice(first, first + perRow).forEach((panel, index) => {
      const x = EDGE + index * (width + 18);
      sheet.text(panel.title, { x, y: top, width }, { size: 15, bold: true, colour: theme.ink });
      sheet.place(roundsPanelSvg(panel, figure, { width, height: 190, marks: 1 }, theme), x, top + 44);
      let y = top + 246;
      for (const { view, words, isClear } of panel.lines) {
        sheet.add(fullMark({ view, x: x + 10, y: y + 8, size: 0.7 }, theme));
        const look = { size: 13, bold: isClear, colour: theme.ink };
        y += Math.max(22, sheet.text(`${names[view]}: ${words}`, { x: x + 26, y, width: width - 26 }, look) + 4);
      }
      lowest = Math.max(lowest, y);
    });
    sheet.y = lowest + 16;
  }
  return sheet.finish(title, figure.caption);
}

function start(title: string, caption: string, theme: PaperTheme): Sheet {
  const sheet = new Sheet(theme);
  sheet.line(title, { size: 22, bold: true, colour: theme.ink });
  sheet.line(caption, { size: 15, colour: theme.ink }, 16);
  return sheet;
}
