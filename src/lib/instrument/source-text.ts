import type { FaultList, Position } from './faults.ts';

/** A file's content, known to be UTF-8 text: as bytes and decoded, both without a byte order mark. */
export type SourceText = { bytes: Uint8Array; text: string; hadByteOrderMark: boolean };

const START: Position = { line: 1, column: 1 };
const MEGABYTE = 1024 * 1024;

/**
 * Opens what was uploaded or read from disk. Returns null, with one fault added, for an empty file, more than
 * `maxBytes`, an Excel workbook, another binary file (a NUL byte; UTF-16 too) and anything that is not UTF-8.
 */
export function openSource(input: string | Uint8Array, maxBytes: number, faults: FaultList): SourceText | null {
  const all = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  // Before its size: somebody who chose a large workbook is helped by nothing that makes it smaller.
  if (isWorkbook(all)) {
    faults.add('spreadsheet_file', START);
    return null;
  }
  if (all.length > maxBytes) {
    faults.add('file_too_large', START, { max: Math.round((maxBytes / MEGABYTE) * 10) / 10 });
    return null;
  }
  const hadByteOrderMark = all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf;
  const bytes = hadByteOrderMark ? all.subarray(3) : all;
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    faults.add('not_text', () => endOf(decode(bytes.subarray(0, nul))));
    return null;
  }
  const text = decode(bytes);
  const broken = text.indexOf('\ufffd');
  if (broken >= 0) {
    // The replacement character itself is refused too: it shows that an earlier program lost the real letter.
    faults.add('not_utf8', () => endOf(text.slice(0, broken)));
    return null;
  }
  if (text.trim() === '') {
    faults.add('empty_file', START);
    return null;
  }
  return { bytes, text, hadByteOrderMark };
}

/** An XLSX file is a ZIP archive; an old XLS file is a compound document. */
function isWorkbook(bytes: Uint8Array): boolean {
  const begins = (...first: number[]) => first.every((byte, index) => bytes[index] === byte);
  return begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0);
}

/** Makes a function that turns an offset in `text` (UTF-16 units, as parsers count) into a line and column. */
export function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: codePoints(text, starts[low] ?? 0, offset) + 1 };
  };
}

function endOf(text: string): Position {
  return positions(text)(text.length);
}

function codePoints(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
