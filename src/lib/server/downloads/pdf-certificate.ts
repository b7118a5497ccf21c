import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { PAPER } from '#lib/charts/paper-theme.ts';
import { m } from '#lib/paraglide/messages.js';
import { isWhole, type Certificate } from '#lib/server/attendance/certificate-service.ts';
import { dayText } from '#lib/text/dates.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { hoursNumber } from '#lib/text/plan-words.ts';
import { hoursText } from '#lib/text/session-words.ts';
import { LOGO } from './pdf-overview.ts';
import { CONTENT_WIDTH, PAGE, SIZE } from './pdf-spec.ts';
import type { PdfSpec, TableStyle } from './pdf-spec.ts';

/** Within the frame. */
const EDGE = 20;
const LEFT = PAGE.margins[0] + EDGE;
const WIDTH = CONTENT_WIDTH - 2 * EDGE;

/** The frame of the sheet, and where what is signed stands, in points from the top. */
const FRAME = { x: 28, y: 26, width: PAGE.width - 56, height: 774 };
const SIGNED_AT = 716;

/** From so many lines on the letters are smaller, and from so many on there are two columns: it stays one sheet. */
const SMALLER = 20;
const IN_TWO = 28;

/** A certificate of attendance: one A4, with who, what, when and how long, and a place to sign. */
export function certificateDocument(certificate: Certificate, day: string, locale: Locale): PdfSpec {
  const at = { locale };
  const { name, attended, hours, ahead, open } = certificate;
  const title = titleOf(certificate, locale);
  const sum = m.certificate_sum({ count: attended.length, hours: hoursText(hours, locale) }, at);
  const still = [
    ...(ahead > 0 ? [m.certificate_ahead({ count: ahead }, at)] : []),
    ...(open > 0 ? [m.certificate_open({ count: open }, at)] : []),
  ];
  return {
    title: `${title}: ${name}`,
    language: locale,
    content: [
      frame(),
      { svg: LOGO, width: 58, margin: [EDGE, 26, 0, 0] },
      { text: title, fontSize: 30, bold: true, lineHeight: 1, margin: [EDGE, 20, EDGE, 18] },
      { text: name, fontSize: 22, bold: true, lineHeight: 1.05, margin: [EDGE, 0, EDGE, 2] },
      ...partIn(certificate, locale),
      { text: [sum, ...still].join(' '), fontSize: 11, margin: [EDGE, 14, EDGE, 8] },
      ...sessionList(certificate, locale),
      signed(day, locale),
    ],
    foot: { left: m.certificate_only({}, at), page: '' },
  };
}

function titleOf(certificate: Certificate, locale: Locale): string {
  if (certificate.until !== null) return m.certificate_part({}, { locale });
  return isWhole(certificate) ? m.certificate_whole({}, { locale }) : m.certificate_so_far({}, { locale });
}

/** Two lines around the sheet, as on paper that is kept. */
function frame(): Content {
  const rect = (inset: number, lineWidth: number, lineColor: string) => ({
    ...{ type: 'rect' as const, x: inset, y: inset, w: FRAME.width - 2 * inset, h: FRAME.height - 2 * inset },
    ...{ lineWidth, lineColor },
  });
  return {
    canvas: [rect(0, 1.5, PAPER.ink), rect(5, 0.5, PAPER.grid)],
    absolutePosition: { x: FRAME.x, y: FRAME.y },
  };
}

/** What it is that somebody took part in. A cohort without a programme is named in its place. */
function partIn(certificate: Certificate, locale: Locale): Content[] {
  const at = { locale };
  const { programme, partnership, cohort, until } = certificate;
  const taken = isWhole(certificate) ? m.certificate_to({}, at) : m.certificate_to_so_far({}, at);
  const words = until === null ? taken : m.certificate_to_part({ day: dayText(until, locale) }, at);
  const of = [
    ...(partnership === null ? [] : [m.certificate_partnership({ partnership }, at)]),
    ...(programme === null ? [] : [m.certificate_cohort({ cohort }, at)]),
  ];
  return [
    { text: words, fontSize: 12, margin: [EDGE, 0, EDGE, 6] },
    { text: programme ?? cohort, fontSize: 17, bold: true, lineHeight: 1.1, margin: [EDGE, 0, EDGE, 2] },
    ...of.map((text): Content => ({ text, fontSize: 10.5, color: PAPER.text, margin: [EDGE, 0, EDGE, 0] })),
  ];
}

/** Every session with its day and hours, a heading for each year where there are several, and the total. */
function sessionList({ attended, hours }: Certificate, locale: Locale): Content[] {
  const at = { locale };
  const years = new Set(attended.map(({ year }) => year));
  const lines = [...Map.groupBy(attended, ({ year }) => year)].flatMap(([year, sessions]) => [
    ...(years.size > 1 ? [yearRow(m.certificate_year({ year }, at))] : []),
    ...sessions.map(({ startsAt, title, hours: own }): TableCell[] => [
      { text: dayText(startsAt, locale) },
      { text: title },
      toRight(hoursNumber(own, locale)),
    ]),
  ]);
  const total: TableCell[] = [
    { text: m.certificate_total({}, at), bold: true, colSpan: 2 },
    {},
    toRight(hoursNumber(hours, locale), true),
  ];
  const size = lines.length > SMALLER ? { fontSize: 8, lineHeight: 1.05 } : { fontSize: 10, lineHeight: 1.3 };
  const margin: [number, number, number, number] = [EDGE, 4, EDGE, 0];
  if (lines.length < IN_TWO) return [{ ...sessionTable([...lines, total], locale), ...size, margin }];
  const half = Math.ceil((lines.length + 1) / 2);
  const halves = [lines.slice(0, half), [...lines.slice(half), total]];
  return [{ columns: halves.map((rows) => ({ ...sessionTable(rows, locale), ...size })), columnGap: 24, margin }];
}

function sessionTable(rows: TableCell[][], locale: Locale) {
  const at = { locale };
  const head: TableCell[] = [
    { text: m.certificate_day({}, at), bold: true },
    { text: m.certificate_session({}, at), bold: true },
    toRight(m.certificate_hours({}, at), true),
  ];
  return {
    table: { headerRows: 1, widths: [56, '*', 32], body: [head, ...rows] },
    layout: 'lines' satisfies TableStyle,
  };
}

const toRight = (text: string, bold = false): TableCell => ({ text, alignment: 'right', bold });

function yearRow(text: string): TableCell[] {
  return [{ text, bold: true, color: PAPER.text, colSpan: 3, margin: [0, 2, 0, 0] }, {}, {}];
}

/** The day on which it was drawn up, and a line to sign on. */
function signed(day: string, locale: Locale): Content {
  const at = { locale };
  const line = (WIDTH - 20) / 2;
  const cell = (text: string, lined: boolean): Column => ({
    width: line,
    stack: [
      {
        canvas: [
          {
            ...{ type: 'line', x1: 0, y1: 0, x2: line, y2: 0, lineWidth: lined ? 0.75 : 0 },
            lineColor: lined ? PAPER.text : PAPER.sheet,
          },
        ],
      },
      { text, fontSize: SIZE.text, color: PAPER.text, margin: [0, 4, 0, 0] },
    ],
  });
  return {
    columns: [
      cell(m.certificate_drawn_up({ day: dayText(day, locale) }, at), false),
      cell(m.certificate_signature({}, at), true),
    ],
    columnGap: 20,
    absolutePosition: { x: LEFT, y: SIGNED_AT + 50 },
  };
}
