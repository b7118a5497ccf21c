import type { Content } from 'pdfmake/interfaces.js';
import type { GapRow } from '#lib/charts/figure.ts';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ListedAspect, ReadingCard, ShortList } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { heading, inColumns, inRowsOfTwo, LINE, linesOf, markLine } from './pdf-parts.ts';
import { paragraph, small, subtitle, title, together } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';
import type { TableStyle } from './pdf-spec.ts';

/** At most so many aspects a card, in so many letters: the cards fill a page, and the rest stands in the charts. */
const ON_CARD = { aspects: 6, length: 23 * LINE };

/** Room that short lists side by side need, in points. */
const LISTS = 150;

type Rows = ReadonlyMap<string, GapRow>;

/** Four kinds of talk, a card a reading, with the first of the aspects that are in sight on the page. */
export function talks(cards: readonly ReadingCard[], rows: Rows, locale: Locale): Content[] {
  const [first = { text: '' }, ...others] = inRowsOfTwo(cards.map((card) => talkCard(card, rows, locale)));
  const lead = paragraph(m.report_talks_lead({}, { locale }));
  return [together([title(m.report_talks_title({}, { locale })), lead, first]), ...others];
}

function talkCard(
  { reading, title: name, intro, question, top, rest }: ReadingCard,
  rows: Rows,
  locale: Locale,
): Content {
  const { fill, text: color } = PAPER.readings[reading];
  const head = {
    stack: [
      { text: name, bold: true, fontSize: 10.5 },
      { text: intro, fontSize: SIZE.close, lineHeight: 1.05 },
    ],
    fillColor: fill,
    color,
  };
  const band = {
    table: { widths: ['*'], body: [[head]], dontBreakRows: true },
    layout: 'card' satisfies TableStyle,
    margin: [0, 4, 0, 4],
  };
  if (top.length === 0) return { stack: [band as Content, small(m.report_talk_none({}, { locale }), 8)] };
  const ask = [{ text: `${m.report_ask({}, { locale })} `, bold: true }, question];
  // What nobody could see has one reason for all, and the card has just told it.
  const listed = reading === 'not_observed' ? top.map(({ code }) => ({ code, why: null })) : top;
  const shown = listed.slice(0, roomOnCard(listed, rows));
  const more = [...listed.slice(shown.length), ...rest];
  return {
    stack: [
      band as Content,
      ...aspects(shown, more, rows, locale),
      { text: ask, fontSize: SIZE.close, margin: [0, 2, 0, 6] },
    ],
  };
}

/** How many of the first aspects a card holds. */
function roomOnCard(listed: readonly ListedAspect[], rows: Rows): number {
  const fits = listed.map((_, index) => listLength(listed.slice(0, index + 1), rows) <= ON_CARD.length);
  return Math.min(ON_CARD.aspects, fits.filter(Boolean).length);
}

function aspects(top: readonly ListedAspect[], rest: readonly ListedAspect[], rows: Rows, locale: Locale): Content[] {
  const items = top.flatMap(({ code, why }): Content[] => {
    const row = rows.get(code);
    if (!row) return [];
    const told = why ? [{ text: `   ${why}`, color: PAPER.text }] : [];
    return [
      {
        stack: [
          { text: [{ text: `${row.code} `, color: PAPER.text }, row.statement], fontSize: SIZE.close, lineHeight: 1 },
          { text: [...markLine(row.marks), ...told], fontSize: SIZE.fine, lineHeight: 1 },
        ],
        margin: [0, 0, 0, 3],
      },
    ];
  });
  return rest.length === 0 ? items : [...items, small(m.files_more({ count: rest.length }, { locale }), 3)];
}

/** The short lists, with at most so many aspects each: what all see as strong first. */
export function shortLists(lists: readonly ShortList[], most: number, rows: Rows, locale: Locale): Content[] {
  const made = lists.map(({ title: name, intro, top, rest }) => ({
    length: 4 * LINE + listLength(top.slice(0, most), rows),
    content: together([
      ...[subtitle(`${name} · ${top.length + rest.length}`), small(intro, 4)],
      ...(top.length === 0
        ? [small(m.report_list_none({}, { locale }))]
        : aspects(top.slice(0, most), [...top.slice(most), ...rest], rows, locale)),
    ]),
  }));
  return [...heading(m.report_lists_title({}, { locale }), [], { room: LISTS }), inColumns(made, 3)];
}

function listLength(listed: readonly ListedAspect[], rows: Rows): number {
  return listed.reduce((sum, { code, why }) => {
    const { statement = '', marks = [] } = rows.get(code) ?? {};
    return (
      sum + linesOf(`${code} ${statement}`) + linesOf(marks.map(({ text }) => `IB ${text}   `).join('') + (why ?? ''))
    );
  }, 0);
}
