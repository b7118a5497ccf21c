import type { Content } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ListedAspect, ReadingCard, ReportPage, ShortList } from '#lib/components/report/report-page.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { halves, heading, letter, markLine, paragraph, small, subheading } from './pdf-parts.ts';
import type { TableStyle } from './pdf-spec.ts';

/** So many aspects a card: two cards above each other fill a page, and the rest stands in the chart. */
const ON_PAPER = 7;

type Rows = ReadonlyMap<string, GapRow>;

/** Four kinds of talk, a card a reading, with the first of the aspects that are in sight on the page. */
export function talks(cards: readonly ReadingCard[], rows: Rows, locale: Locale): Content[] {
  const made = cards.map((card) => talkCard(card, rows, locale));
  return [
    ...heading(m.report_talks_title({}, { locale }), [paragraph(m.report_talks_lead({}, { locale }))]),
    halves(made.filter((_, index) => index % 2 === 0).flat(), made.filter((_, index) => index % 2 === 1).flat()),
  ];
}

function talkCard({ reading, title, intro, question, top, rest }: ReadingCard, rows: Rows, locale: Locale): Content[] {
  const { fill, text: color } = PAPER.readings[reading];
  const head = {
    stack: [
      { text: title, bold: true, fontSize: 10.5 },
      { text: intro, fontSize: 8 },
    ],
    fillColor: fill,
    color,
  };
  const band = { table: { widths: ['*'], body: [[head]] }, layout: 'card' satisfies TableStyle, margin: [0, 4, 0, 4] };
  if (top.length === 0) return [band as Content, small(m.report_talk_none({}, { locale }), 8)];
  const ask = [{ text: `${m.report_ask({}, { locale })} `, bold: true }, question];
  // What nobody could see has one reason for all, and the card has just told it.
  const listed = reading === 'not_observed' ? top.map(({ code }) => ({ code, why: null })) : top;
  const more = [...listed.slice(ON_PAPER), ...rest];
  return [
    band as Content,
    ...aspects(listed.slice(0, ON_PAPER), more, rows, locale),
    { text: ask, fontSize: 8.5, margin: [0, 2, 0, 10] },
  ];
}

function aspects(top: readonly ListedAspect[], rest: readonly ListedAspect[], rows: Rows, locale: Locale): Content[] {
  const items = top.flatMap(({ code, why }): Content[] => {
    const row = rows.get(code);
    if (!row) return [];
    const told = why ? [{ text: `   ${why}`, color: PAPER.text }] : [];
    return [
      {
        stack: [
          { text: [{ text: `${row.code} `, color: PAPER.text }, row.statement], fontSize: 8, lineHeight: 1.05 },
          { text: [...markLine(row.marks), ...told], fontSize: 7.5 },
        ],
        ...{ unbreakable: true, margin: [0, 0, 0, 2.5] },
      },
    ];
  });
  return rest.length === 0 ? items : [...items, small(m.files_more({ count: rest.length }, { locale }), 3)];
}

/** The short lists: what all see as strong first. */
export function shortLists(lists: readonly ShortList[], rows: Rows, locale: Locale): Content[] {
  const made = lists.map(({ title, intro, top, rest }): Content[] => [
    ...subheading(`${title} · ${top.length + rest.length}`, [small(intro, 4)]),
    ...(top.length === 0 ? [small(m.report_list_none({}, { locale }))] : aspects(top, rest, rows, locale)),
  ]);
  // What is shared stands left, what differs right.
  return [...heading(m.report_lists_title({}, { locale })), halves(made.slice(0, 2).flat(), made.slice(2).flat())];
}

/** What was written with the answers, as far as the rules allow. */
export function remarks({ remarks: { mode, groups }, teachers }: ReportPage, locale: Locale): Content[] {
  const lead =
    mode === 'open'
      ? m.report_remarks_lead_open({ teachers }, { locale })
      : m.report_remarks_lead({ needed: LIMITS.minWriters }, { locale });
  const written = groups.flatMap((group) => [
    { length: HEADING_LENGTH, content: subheading(group.title) },
    ...group.remarks.map((remark) => ({ length: lengthOf(remark), content: [remarkOf(remark)] })),
  ]);
  const none = groups.length === 0 ? [small(m.report_remarks_none({}, { locale }))] : [];
  const title = heading(m.report_remarks_title({}, { locale }), [small(lead, 2)]);
  return [...title, ...none, ...(written.length > 0 ? [inTwoColumns(written)] : [])];
}

type Remark = ReportPage['remarks']['groups'][number]['remarks'][number];

/** About how many characters fit in the lines that something takes, to divide it over two columns. */
const [LINE_LENGTH, HEADING_LENGTH] = [60, 120];

function lengthOf({ who, statement, text }: Remark): number {
  return (
    [`${who} ${statement ?? ''}`, text].reduce((sum, part) => sum + Math.ceil(part.length / LINE_LENGTH), 0) *
    LINE_LENGTH
  );
}

function remarkOf({ role, who, statement, text }: Remark): Content {
  const about = {
    text: [letter(role), `\u00A0${who}${statement ? ` · ${statement}` : ''}`],
    fontSize: 7.5,
    color: PAPER.text,
  };
  return { stack: [about, { text, fontSize: 8.5 }], margin: [0, 0, 0, 4] };
}

/** The first half of the text left, the rest right. */
function inTwoColumns(parts: readonly { length: number; content: Content[] }[]): Content {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  const [left, right]: [Content[], Content[]] = [[], []];
  for (const { length, content } of parts) {
    (before < total / 2 ? left : right).push(...content);
    before += length;
  }
  return halves(left, right);
}
