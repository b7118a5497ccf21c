import type { Column, Content, ContentStack, Size, TableCell } from 'pdfmake/interfaces.js';
import { distanceSvg, shareSvg } from '#lib/charts/course-svg.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type {
  CohortPart,
  DistancePart,
  DoingPart,
  LookBackPart,
  ProgrammePage,
  Told as Figure,
} from '#lib/components/programme/programme-page.ts';
import { m } from '#lib/paraglide/messages.js';
import { columnWord } from '#lib/text/report-words.ts';
import { heading, letter, small, subtitle, together } from './pdf-parts.ts';
import type { Told } from './pdf-programme-growth.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

const GAP = 16;
const MANY = 2;

/** Whether views come closer, the work is understood alike, and what IB'ers say looking back: a row a cohort. */
export function outcomes(
  cohorts: readonly CohortPart[],
  notes: ProgrammePage['notes'],
  { name, locale }: Told,
): Content[] {
  const rows = cohorts.map((cohort) => {
    const { distance, clarity, lookBack } = cohort;
    const named = name(cohort);
    const columns = [
      ...(distance === null ? [] : [distanceColumn(distance, m.programme_distance({}, { locale }), locale)]),
      { title: m.programme_clarity({}, { locale }), content: clarityColumn(clarity) },
      ...(lookBack === null
        ? []
        : [{ title: m.programme_look_back({}, { locale }), content: lookBackColumn(lookBack) }]),
    ];
    return together([
      ...(named === null ? [] : [subtitle(named)]),
      sideBySide(columns.map(({ title: text, content }) => [{ text, bold: true, margin: [0, 0, 0, 2] }, ...content])),
    ]);
  });
  if (rows.length === 0) return [];
  const hidden = new Set(cohorts.flatMap(({ distance }) => distance?.notes ?? []));
  const said = [
    ...(cohorts.some(({ distance }) => distance !== null) ? notes.distance : []),
    ...hidden,
    ...notes.clarity,
  ];
  return [...heading(m.programme_pdf_outcomes({}, { locale })), ...rows, ...said.map((note) => small(note))];
}

function distanceColumn(part: DistancePart, text: string, locale: Told['locale']) {
  const lines = part.lines.map(({ views, title: pair, points, change, interval, n, levels }): Content => {
    const marks = views.flatMap((view) => [letter(view), { text: ' ' }]);
    const words = change.withheld
      ? [{ text: `\n${change.text}`, color: PAPER.text }]
      : [
          { text: `\n${change.text} `, bold: true },
          {
            text: [m.programme_distance_change({ interval, n }, { locale }), levels].filter(Boolean).join('; '),
            color: PAPER.text,
          },
        ];
    const drawing: Column[] = change.withheld ? [] : [{ svg: distanceSvg({ points }, part, PAPER), width: 52 }];
    return {
      columns: [{ text: [...marks, pair, ...words], fontSize: SIZE.fine, width: '*' }, ...drawing],
      ...{ columnGap: 4, margin: [0, 1, 0, 2] },
    };
  });
  return { title: text, content: [small(part.caption, 3), ...lines] };
}

function clarityColumn({ caption, lines, notes }: CohortPart['clarity']): Content[] {
  const body = lines.map(({ round, text, share }): TableCell[] => [
    { text: round, fontSize: SIZE.fine },
    share === null
      ? { text: text.text, fontSize: SIZE.fine, color: PAPER.text, colSpan: 2 }
      : { svg: shareSvg(share, PAPER), width: 60, margin: [0, 2, 0, 0] },
    share === null ? { text: '' } : { text: text.text, bold: true, fontSize: SIZE.fine },
  ]);
  const table: Content = {
    table: { widths: [18, 64, '*'], body },
    ...{ layout: 'plain' satisfies TableStyle, margin: [0, 0, 0, 3] },
  };
  return [small(caption, 3), ...(body.length > 0 ? [table] : []), ...notes.map((note) => small(note))];
}

function lookBackColumn({ caption, lines, notes }: LookBackPart): Content[] {
  return [
    small(caption, 3),
    ...lines.map(({ value, interval, label }): Content => {
      const told = value.withheld
        ? { text: value.text, color: PAPER.text }
        : { text: value.text, bold: true, fontSize: 12 };
      return {
        text: [
          told,
          { text: `  ${label}${interval === '' ? '' : ` ${interval}`}`, fontSize: SIZE.fine, color: PAPER.text },
        ],
        margin: [0, 0, 0, 2],
      };
    }),
    ...notes.map((note) => small(note)),
  ];
}

/** Who filled in, round by round, each cohort in lines of its own. */
export function takingPart(cohorts: readonly CohortPart[], { name, locale }: Told): Content[] {
  if (cohorts.length === 0) return [];
  const at = { locale };
  const views = cohorts[0]?.response.lines[0]?.cells.map(({ view }) => columnWord(view, MANY, locale)) ?? [];
  const head = [m.programme_head_round({}, at), ...views, m.programme_response_schools({}, at)];
  const groups = cohorts.map((cohort) => ({
    ...{ named: name(cohort), caption: cohort.response.caption },
    rows: cohort.response.lines.map(({ round, cells, schools }) => [
      ...[plainCell(round), ...cells.map(({ told }) => cell(told)), plainCell(schools)],
    ]),
  }));
  return [
    ...heading(m.programme_response({}, at), captions(groups)),
    tableOf(
      head,
      groups,
      head.map(() => '*'),
    ),
  ];
}

/** Sessions, hours, attendance and usefulness by year, of each cohort that has a plan. */
export function doing(cohorts: readonly CohortPart[], notes: readonly string[], { name, locale }: Told): Content[] {
  const at = { locale };
  const groups = cohorts.flatMap((cohort): Group[] =>
    cohort.doing === null
      ? []
      : [{ ...{ named: name(cohort), caption: cohort.doing.caption }, rows: cohort.doing.lines.map(doingRow) }],
  );
  if (groups.length === 0) return [];
  const head = [
    ...[m.programme_doing_head({}, at), m.programme_doing_sessions({}, at), m.programme_doing_hours({}, at)],
    ...[m.programme_doing_there({}, at), m.programme_doing_useful({}, at)],
  ];
  return [
    ...heading(m.programme_doing({}, at), captions(groups)),
    tableOf(head, groups, [...DOING]),
    ...notes.map((note) => small(note)),
  ];
}

/** Widths of year, sessions and hours; attendance and usefulness have the rest. */
const DOING = [44, 74, 74, '*', '*'] as const;

function doingRow({ year, sessions, hours, there, useful }: DoingPart['lines'][number]): TableCell[] {
  return [...[year, sessions, hours].map(plainCell), ...[there, useful].map(cell)];
}

/** The lines of a cohort in a table, and its sentence above; `named` null where there is one cohort only. */
type Group = { named: string | null; caption: string; rows: TableCell[][] };

function captions(groups: readonly Group[]): Content[] {
  return groups.map(({ named, caption }, index) =>
    small(named === null ? caption : `${named}: ${caption}`, index === groups.length - 1 ? 3 : 0),
  );
}

const plainCell = (text: string): TableCell => ({ text, fontSize: SIZE.fine });

function cell({ text, withheld }: Figure): TableCell {
  return { text, fontSize: SIZE.fine, ...(withheld ? { color: PAPER.text } : {}) };
}

/** Width of a cohort's name. */
const NAME = 116;

/** One table for all cohorts; the first line of each has its name. */
function tableOf(head: readonly string[], groups: readonly Group[], widths: readonly Size[]): Content {
  const isNamed = groups.some(({ named }) => named !== null);
  const headCell = (text: string): TableCell => ({
    text,
    bold: true,
    fontSize: SIZE.fine,
    verticalAlignment: 'bottom',
  });
  const body = groups.flatMap(({ named, rows }) =>
    rows.map((row, index) => [...(isNamed ? [headCell(index === 0 ? (named ?? '') : '')] : []), ...row]),
  );
  const heads = [...(isNamed ? [''] : []), ...head].map(headCell);
  return {
    table: {
      widths: [...(isNamed ? [NAME] : []), ...widths],
      headerRows: 1,
      dontBreakRows: true,
      body: [heads, ...body],
    },
    ...{ layout: 'lines' satisfies TableStyle, margin: [0, 0, 0, 4] },
  };
}

/** Columns of one width. */
export function sideBySide(columns: readonly Content[][]): Content {
  return { columns: columns.map((stack): ContentStack & Column => ({ stack, width: '*' })), columnGap: GAP };
}
