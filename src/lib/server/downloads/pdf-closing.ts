import type { Content } from 'pdfmake/interfaces.js';
import type { RoundsFigure, RoundsPanel } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { lineLabel } from '#lib/charts/rounds-figure.ts';
import { element } from '#lib/charts/svg.ts';
import { roundsPanelSvg } from '#lib/charts/to-svg.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { letter, paragraph, small, title, together } from './pdf-parts.ts';
import { CONTENT_WIDTH, SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

const GAP = 14;
const ACROSS = 4;

/** The earlier rounds beside this one: a panel a competency with its changes in words. */
export function rounds(figure: RoundsFigure, teachers: number, locale: Locale): Content[] {
  const across = Math.min(ACROSS, figure.panels.length);
  const width = (CONTENT_WIDTH - GAP * (ACROSS - 1)) / ACROSS;
  const rows: Content[][] = [];
  for (let first = 0; first < figure.panels.length; first += across) {
    const panels = figure.panels.slice(first, first + across);
    // Titles in a row of their own: below one of two lines the drawings still stand at one height.
    const titles = panels.map(({ title: text }) => ({ text, bold: true, width }));
    const columns = panels.map((panel) => ({ stack: panelOf(panel, figure, { width, teachers }, locale), width }));
    rows.push([
      { columns: titles, columnGap: GAP, margin: [0, 0, 0, 3] },
      { columns, columnGap: GAP, margin: [0, 0, 0, 6] },
    ]);
  }
  // The heading stands with the first row, the last words with the last.
  const since = figure.rounds[0] ?? '';
  rows[0]?.unshift(title(m.report_rounds_title({ round: since }, { locale })), paragraph(figure.caption, 6));
  rows.at(-1)?.push(small(m.report_rounds_sharper({}, { locale })));
  return rows.map(together);
}

function panelOf(
  panel: RoundsPanel,
  figure: RoundsFigure,
  { width, teachers }: { width: number; teachers: number },
  locale: Locale,
): Content[] {
  const svg = roundsPanelSvg(panel, figure, { width, height: 74, marks: 0.65 }, PAPER);
  const changes = panel.lines.map((line): Content => ({
    text: [letter(line.view), { text: `\u00A0${lineLabel(line, teachers, locale)}`, bold: line.isClear }],
    ...{ fontSize: SIZE.close, lineHeight: 1.05, margin: [0, 0, 0, 2] },
  }));
  return [{ svg }, ...changes];
}

/** Ruled space on the panel of the IB'er, so many lines each, for what the talk brings. */
export function roomToWrite(lines: number, locale: Locale): Content {
  const labels = [m.files_write_meaning, m.files_write_good, m.files_write_step];
  const edge = 12;
  const width = CONTENT_WIDTH - 4 - 2 * edge;
  const stroke = element('path', { d: `M0 0.5H${width}`, stroke: PAPER.text, 'stroke-width': 0.75 });
  const line = element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height: 1 }, stroke);
  const stack: Content[] = labels.flatMap((label): Content[] => [
    { text: label({}, { locale }), bold: true, margin: [0, 3, 0, 10] },
    ...Array.from({ length: lines }, (_, index) => ({ svg: line, margin: spaceBelow(index === lines - 1) })),
  ]);
  const box = {
    stack: [title(m.files_write_title({}, { locale }), 0), ...stack],
    fillColor: PAPER.panels.ib,
    margin: [edge, 6, edge, 6],
  };
  return {
    table: { widths: [4, '*'], body: [[{ text: '', fillColor: PAPER.views.ib.fill }, box as Content]] },
    ...{ layout: 'plain' satisfies TableStyle, margin: [0, 8, 0, 0], unbreakable: true },
  };
}

function spaceBelow(isLast: boolean): [number, number, number, number] {
  return [0, 0, 0, isLast ? 4 : 16];
}
