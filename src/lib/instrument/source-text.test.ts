import { describe, expect, test } from 'vitest';
import { FaultList } from './faults.ts';
import { openSource, positions } from './source-text.ts';

function refusedAs(input: string | Uint8Array, maxBytes = 1000) {
  const faults = new FaultList();
  expect(openSource(input, maxBytes, faults)).toBeNull();
  return faults.kept;
}

describe('opening a file', () => {
  test('a byte order mark is taken off and remembered', () => {
    const opened = openSource(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), 1000, new FaultList());
    expect(opened).toMatchObject({ text: 'a', hadByteOrderMark: true });
  });

  test('an empty file and one of white space are refused', () => {
    expect(refusedAs('')).toEqual([{ line: 1, column: 1, code: 'empty_file' }]);
    expect(refusedAs('\r\n \n')).toEqual([{ line: 1, column: 1, code: 'empty_file' }]);
  });

  test('a file that is too large is refused with its limit in megabytes', () => {
    const max = 1024 * 1024;
    expect(refusedAs('x'.repeat(max + 1), max)).toEqual([
      { line: 1, column: 1, code: 'file_too_large', params: { max: 1 } },
    ]);
  });

  test('a binary file is refused where its first NUL byte stands', () => {
    expect(refusedAs(new Uint8Array([0x61, 0x0a, 0x62, 0x00, 0x63]))).toEqual([
      { line: 2, column: 2, code: 'not_text' },
    ]);
  });

  test('an Excel workbook is known as one, of either kind and of any size', () => {
    const workbook = [{ line: 1, column: 1, code: 'spreadsheet_file' }];
    expect(refusedAs(Uint8Array.of(0x50, 0x4b, 3, 4, 0), 3)).toEqual(workbook);
    expect(refusedAs(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual(workbook);
  });

  test('UTF-16, as some spreadsheets save it, is refused as binary', () => {
    expect(refusedAs(Uint8Array.from(Buffer.from('code,text', 'utf16le')))[0]?.code).toBe('not_text');
  });

  test('Windows-1252 is refused where its first letter outside ASCII stands', () => {
    expect(refusedAs(Uint8Array.from(Buffer.from('a\nidee\u00ebn', 'latin1')))).toEqual([
      { line: 2, column: 5, code: 'not_utf8' },
    ]);
  });
});

describe('positions', () => {
  test('LF, CRLF and CR each end a line; columns count characters, not code units', () => {
    const text = 'a\nb\r\nc\r👍👍d';
    const at = positions(text);
    expect(at(0)).toEqual({ line: 1, column: 1 });
    expect(at(text.indexOf('b'))).toEqual({ line: 2, column: 1 });
    expect(at(text.indexOf('c'))).toEqual({ line: 3, column: 1 });
    expect(at(text.indexOf('d'))).toEqual({ line: 4, column: 3 });
    expect(at(text.length)).toEqual({ line: 4, column: 4 });
  });
});
