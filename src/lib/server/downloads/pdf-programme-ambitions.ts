import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { levelsSvg } from '#lib/charts/levels-svg.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type {
  AmbitionBlock,
  AmbitionLine,
  AmbitionPart,
  CohortPart,
} from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { heading, letter, small, together } from './pdf-parts.ts';
import { sideBySide } from './pdf-programme-outcomes.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** So many ambitions have their figures in the file, fewer beside more cohorts; the others are named, so that it keeps to four A4. */
const MOST = 6;
const MOST_OF_MANY = 4;

/** Room for the first of them below the heading, in points. */
const ROOM = 120;

type Given = { notes: readonly string[]; isNamed: boolean; locale: Locale };

/** What the aspects of each ambition say, the cohorts that are in the file beside each other. */
export function ambitions(
  all: readonly AmbitionBlock[],
  cohorts: readonly CohortPart[],
  { notes, isNamed, locale }: Given,
): Content[] {
  if (all.length === 0) return [];
  const shown = new Set(cohorts.map(({ id }) => id));
  const most = cohorts.length > 2 ? MOST_OF_MANY : MOST;
  const parts = all.slice(0, most).map(({ title, over, cohorts: own }) =>
    together([
      {
        text: [
          { text: title, bold: true, fontSize: 11 },
          { text: `  ${over}`, fontSize: SIZE.fine, color: PAPER.text },
        ],
        margin: [0, 5, 0, 2],
      },
      columnsOf(
        own.filter(({ id }) => shown.has(id)),
        isNamed,
      ),
    ]),
  );
  const rest = all.slice(most).map(({ title }) => title);
  return [
    ...heading(m.programme_ambitions({}, { locale }), [], { room: ROOM }),
    ...parts,
    ...notes.map((note) => small(note)),
    ...(rest.length === 0 ? [] : [small(m.programme_pdf_ambitions({ ambitions: rest.join('; ') }, { locale }))]),
  ];
}

/** One cohort has its words beside its lines; of more each has a column. */
function columnsOf(parts: readonly AmbitionPart[], isNamed: boolean): Content {
  const [only, another] = parts;
  const named = (part: AmbitionPart): Content[] =>
    isNamed ? [{ text: part.name, bold: true, fontSize: SIZE.fine, lineHeight: 1, margin: [0, 0, 0, 1] }] : [];
  const words = (part: AmbitionPart) => [...named(part), { ...small(part.text.join(' '), 3), lineHeight: 1 }];
  if (only && !another) return sideBySide([words(only), [linesOf(only)]]);
  return sideBySide(parts.map((part) => [...words(part), linesOf(part)]));
}

function linesOf({ lines }: AmbitionPart): Content {
  if (lines.length === 0) return { text: '' };
  return {
    table: { widths: ['*'], body: lines.map((line): TableCell[] => [lineOf(line)]) },
    layout: 'plain' satisfies TableStyle,
  };
}

function lineOf({ view, ends, levels, change, interval, n }: AmbitionLine): TableCell {
  const words = change.withheld
    ? [{ text: change.text, color: PAPER.text }]
    : [
        { text: change.text, bold: true },
        { text: ` ${[interval, n, levels].filter(Boolean).join(', ')}`, color: PAPER.text },
      ];
  const drawing: Column[] =
    ends === null || change.withheld ? [] : [{ svg: levelsSvg({ view, ...ends }, PAPER), width: 44 }];
  return {
    columns: [
      { ...letter(view), width: 14, fontSize: SIZE.label, lineHeight: 1 },
      ...drawing,
      { text: words, fontSize: SIZE.label, lineHeight: 1, width: '*' },
    ],
    ...{ columnGap: 4, margin: [0, 0, 0, 1] },
  };
}
