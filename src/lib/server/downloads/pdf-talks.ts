import type { Content } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ListedAspect, ReadingCard, ReportPage, ShortList } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { heading, inTwoColumns, letter, LINE, linesOf, markLine, paragraph, small, subheading } from './pdf-parts.ts';
import type { TableStyle } from './pdf-spec.ts';

/** So many aspects a card and a list: the cards fill a page, and the rest stands in the charts. */
const [ON_CARD, ON_LIST] = [7, 3];

/** Room that the head of a card and its first aspects need, in points. */
const CARD = 180;

type Rows = ReadonlyMap<string, GapRow>;

/** Four kinds of talk, a card a reading, with the first of the aspects that are in sight on the page. */
export function talks(cards: readonly ReadingCard[], rows: Rows, locale: Locale): Content[] {
  const made = cards.map((card) => ({
    length: 4 * LINE + listLength(card.top.slice(0, ON_CARD), rows),
    content: talkCard(card, rows, locale),
  }));
  return [
    ...heading(m.report_talks_title({}, { locale }), [paragraph(m.report_talks_lead({}, { locale }))], { room: CARD }),
    inTwoColumns(made),
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
  const band = {
    table: { widths: ['*'], body: [[head]], dontBreakRows: true },
    layout: 'card' satisfies TableStyle,
    margin: [0, 4, 0, 4],
  };
  if (top.length === 0) return [band as Content, small(m.report_talk_none({}, { locale }), 8)];
  const ask = [{ text: `${m.report_ask({}, { locale })} `, bold: true }, question];
  // What nobody could see has one reason for all, and the card has just told it.
  const listed = reading === 'not_observed' ? top.map(({ code }) => ({ code, why: null })) : top;
  const more = [...listed.slice(ON_CARD), ...rest];
  return [
    band as Content,
    ...aspects(listed.slice(0, ON_CARD), more, rows, locale),
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
  const made = lists.map(({ title, intro, top, rest }) => ({
    length: 4 * LINE + listLength(top.slice(0, ON_LIST), rows),
    content: [
      ...subheading(`${title} · ${top.length + rest.length}`, [small(intro, 4)]),
      ...(top.length === 0
        ? [small(m.report_list_none({}, { locale }))]
        : aspects(top.slice(0, ON_LIST), [...top.slice(ON_LIST), ...rest], rows, locale)),
    ],
  }));
  return [...heading(m.report_lists_title({}, { locale })), inTwoColumns(made)];
}

function listLength(listed: readonly ListedAspect[], rows: Rows): number {
  return listed.reduce((sum, { code }) => sum + linesOf(rows.get(code)?.statement ?? '') + LINE, 0);
}

/** What was written with the answers, as far as the rules allow. */
export function remarks({ remarks: { lead, groups } }: ReportPage, locale: Locale): Content[] {
  const written = groups.flatMap((group) => [
    { length: 2 * LINE, content: subheading(group.title) },
    ...group.remarks.map((remark) => ({ length: lengthOf(remark), content: [remarkOf(remark)] })),
  ]);
  const none = groups.length === 0 ? [small(m.report_remarks_none({}, { locale }))] : [];
  const title = heading(m.report_remarks_title({}, { locale }), [small(lead, 2)]);
  return [...title, ...none, ...(written.length > 0 ? [inTwoColumns(written)] : [])];
}

type Remark = ReportPage['remarks']['groups'][number]['remarks'][number];

function lengthOf({ who, statement, text }: Remark): number {
  return linesOf(`${who} ${statement ?? ''}`) + linesOf(text);
}

function remarkOf({ role, who, statement, text }: Remark): Content {
  const about = {
    text: [letter(role), `\u00A0${who}${statement ? ` · ${statement}` : ''}`],
    fontSize: 7.5,
    color: PAPER.text,
  };
  return { stack: [about, { text, fontSize: 8.5 }], margin: [0, 0, 0, 4] };
}
