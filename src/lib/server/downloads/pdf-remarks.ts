import type { Content } from 'pdfmake/interfaces.js';
import { PAPER } from '#lib/charts/paper-theme.ts';
import type { ReportPage } from '#lib/components/report/report-page.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/text/numbers.ts';
import { inColumns, letter, LINE, linesOf, small, subtitle, title, together, withRoom } from './pdf-parts.ts';
import { SIZE } from './pdf-spec.ts';

/** About how many lines the remarks take in one column. */
export function linesOfRemarks({ remarks: { groups } }: ReportPage): number {
  const lengths = groups.flatMap((group) => group.remarks.map(lengthOf));
  return lengths.reduce((sum, length) => sum + length, 0) / LINE;
}

/** What was written with the answers, as far as the rules allow. */
export function remarks({ remarks: { lead, groups } }: ReportPage, locale: Locale): Content[] {
  const head = [title(m.report_remarks_title({}, { locale })), small(lead, 2)];
  if (groups.length === 0) return [together([...head, small(m.report_remarks_none({}, { locale }))])];
  return groups.flatMap((group, index) => {
    const made = group.remarks.map((remark) => ({ length: lengthOf(remark), content: remarkOf(remark) }));
    const room = (Math.max(...made.map(({ length }) => length)) / LINE) * REMARK_LINE;
    return [...withRoom([...(index === 0 ? head : []), subtitle(group.title)], room), inColumns(made, 2)];
  });
}

/** Height of a line of a remark, in points. */
const REMARK_LINE = 11;

type Remark = ReportPage['remarks']['groups'][number]['remarks'][number];

function lengthOf({ statement, text }: Remark): number {
  return (statement === null ? 0 : linesOf(statement)) + linesOf(`IB ${text}`);
}

/** The letter of who wrote it, and the text; with the aspect that it is about above it. */
function remarkOf({ role, statement, text }: Remark): Content {
  const about = statement === null ? [] : [{ text: statement, fontSize: SIZE.fine, lineHeight: 1, color: PAPER.text }];
  const said = { text: [letter(role), `\u00A0\u00A0${text}`], fontSize: SIZE.close, lineHeight: 1 };
  return { ...together([...about, said]), margin: [0, 0, 0, 2.5] };
}
