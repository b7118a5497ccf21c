import type { Content } from 'pdfmake/interfaces.js';
import type { RoundsFigure, RoundsPanel } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { lineLabel } from '#lib/charts/rounds-figure.ts';
import { element } from '#lib/charts/svg.ts';
import { roundsPanelSvg } from '#lib/charts/to-svg.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { heading, letter, paragraph, small } from './pdf-parts.ts';
import { CONTENT_WIDTH } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

const GAP = 14;
const ACROSS = 4;
/** About the height of a row of panels, which is not broken. */
const PANELS = 190;

/** The earlier rounds beside this one: a panel a competency with its changes in words. */
export function rounds(figure: RoundsFigure, teachers: number, locale: Locale): Content[] {
  const across = Math.min(ACROSS, figure.panels.length);
  const width = (CONTENT_WIDTH - GAP * (ACROSS - 1)) / ACROSS;
  const lines: Content[] = [];
  for (let first = 0; first < figure.panels.length; first += across) {
    const panels = figure.panels.slice(first, first + across);
    lines.push({
      columns: panels.map((panel) => ({ stack: panelOf(panel, figure, { width, teachers }, locale), width })),
      ...{ columnGap: GAP, unbreakable: true, margin: [0, 0, 0, 8] },
    });
  }
  return [
    ...heading(m.report_rounds_title({ round: figure.rounds[0] ?? '' }, { locale }), [paragraph(figure.caption, 6)], {
      room: PANELS,
    }),
    ...lines,
    small(m.report_rounds_sharper({}, { locale })),
  ];
}

function panelOf(
  panel: RoundsPanel,
  figure: RoundsFigure,
  { width, teachers }: { width: number; teachers: number },
  locale: Locale,
): Content[] {
  const svg = roundsPanelSvg(panel, figure, { width, height: 96, marks: 0.65 }, PAPER);
  const changes = panel.lines.map((line): Content => ({
    text: [letter(line.view), { text: `\u00A0${lineLabel(line, teachers, locale)}`, bold: line.isClear }],
    ...{ fontSize: 7.5, margin: [0, 0, 0, 2] },
  }));
  return [{ text: panel.title, bold: true, margin: [0, 0, 0, 3] }, { svg }, ...changes];
}

/** Ruled space on the panel of the IB'er, for what the talk brings. */
export function roomToWrite(locale: Locale): Content {
  const labels = [m.files_write_meaning, m.files_write_good, m.files_write_step];
  const edge = 12;
  const width = CONTENT_WIDTH - 4 - 2 * edge;
  const stroke = element('path', { d: `M0 0.5H${width}`, stroke: PAPER.text, 'stroke-width': 0.75 });
  const line = element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height: 1 }, stroke);
  const stack: Content[] = labels.flatMap((label): Content[] => [
    { text: label({}, { locale }), bold: true, margin: [0, 4, 0, 14] },
    { svg: line, margin: [0, 0, 0, 18] },
    { svg: line, margin: [0, 0, 0, 4] },
  ]);
  const title: Content = { text: m.files_write_title({}, { locale }), bold: true, fontSize: 14 };
  const box = { stack: [title, ...stack], fillColor: PAPER.panels.ib, margin: [edge, 8, edge, 8] };
  return {
    table: { widths: [4, '*'], body: [[{ text: '', fillColor: PAPER.views.ib.fill }, box as Content]] },
    ...{ layout: 'plain' satisfies TableStyle, margin: [0, 10, 0, 0], unbreakable: true },
  };
}
