/**
 * The text of an XLSX file (ECMA-376, SpreadsheetML): texts stand in their cells, so that a sheet can be written from its
 * first row to its last without knowing what is still to come.
 */

/** A number stays a number, null is an empty cell. Texts are safe to open already. */
export type Row = readonly (string | number | null)[];

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** In characters: a column of which nothing is said. */
const USUAL_WIDTH = 14;

/** Rows that become text at once: some tens of kilobytes. */
const PIECE = 100;

/** The style of a header's cells in `styles`. */
const BOLD = 1;

/** What stands around the sheets, in the order of the sheets. */
export function workbookParts(names: readonly string[]): { file: string; text: string }[] {
  const each = (make: (name: string, number: number) => string) =>
    names.map((name, index) => make(name, index + 1)).join('');
  const overrides = each(
    (_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const sheets = each((name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`);
  const relations = each((_, n) => relation(`rId${n}`, `${OFFICE}/worksheet`, `worksheets/sheet${n}.xml`));
  return [
    {
      file: '[Content_Types].xml',
      text:
        `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${overrides}</Types>`,
    },
    { file: '_rels/.rels', text: relationships(relation('rId1', `${OFFICE}/officeDocument`, 'xl/workbook.xml')) },
    {
      file: 'xl/workbook.xml',
      text: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets}</sheets></workbook>`,
    },
    {
      file: 'xl/_rels/workbook.xml.rels',
      text: relationships(relations + relation('rId0', `${OFFICE}/styles`, 'styles.xml')),
    },
    { file: 'xl/styles.xml', text: styles() },
  ];
}

/** A sheet from head to foot, with its header in bold and in sight. */
export async function* sheetXml(sheet: {
  header: readonly string[];
  widths?: readonly number[];
  rows: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
}): AsyncGenerator<string> {
  const { header, widths = [], rows } = sheet;
  const columns = header.map((_, index) => {
    const n = index + 1;
    return `<col min="${n}" max="${n}" width="${widths[index] ?? USUAL_WIDTH}" customWidth="1"/>`;
  });
  yield (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>${rowXml(header, 1, BOLD)}`
  );
  let number = 1;
  for await (const block of rows) {
    for (let start = 0; start < block.length; start += PIECE) {
      let text = '';
      for (const row of block.slice(start, start + PIECE)) text += rowXml(row, (number += 1));
      yield text;
    }
  }
  yield '</sheetData></worksheet>';
}

function rowXml(row: Row, number: number, style?: number): string {
  const look = style === undefined ? '' : ` s="${style}"`;
  let cells = '';
  for (let column = 0; column < row.length; column += 1) {
    const value = row[column] ?? null;
    if (value === null) continue;
    const place = `<c r="${letters(column)}${number}"${look}`;
    cells +=
      typeof value === 'number'
        ? `${place}><v>${value}</v></c>`
        : `${place} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  }
  return `<row r="${number}">${cells}</row>`;
}

/** A, B … Z, AA. */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold at all is left out: a file with it would not open. A carriage return would become a line feed. */
function escaped(text: string): string {
  if (/^[\w .,;:()@'+=-]*$/.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll('\r', '&#13;');
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

function relationships(relations: string): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations}</Relationships>`;
}

function styles(): string {
  const font = (inside: string) => `<font>${inside}<sz val="11"/><name val="Calibri"/></font>`;
  const cell = (id: number) => `<xf numFmtId="0" fontId="${id}" fillId="0" borderId="0" xfId="0"/>`;
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2">${font('')}${font('<b/>')}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
    `<cellXfs count="2">${cell(0)}${cell(1)}</cellXfs></styleSheet>`
  );
}
