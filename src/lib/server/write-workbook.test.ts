import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Row } from './workbook-xml.ts';
import { workbookPieces, type SheetOfRows } from './write-workbook.ts';

async function bytesOf(sheets: readonly SheetOfRows[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookPieces(sheets)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As a spreadsheet reads it: sheets by name, cells as they are typed. */
async function read(sheets: readonly SheetOfRows[]) {
  return readWorkbook(await bytesOf(sheets), { trim: false });
}

const sheet = (rows: Row[], name = 'cijfers'): SheetOfRows => ({ name, header: ['a', 'b', 'c'], rows: [rows] });

describe('a workbook that is written row by row', () => {
  it('gives back texts as they were, numbers as numbers and nothing for null', async () => {
    const rows: Row[] = [
      ['De Wingerd & "Co" <x>', 3.5, null],
      ["'=1+1", -0.25, 'een, twee;\n\tdrie\r\nvier'],
      ['  spaties  ', 0, 'ł ç 👍'],
    ];
    expect(await read([sheet(rows)])).toEqual([{ sheet: 'cijfers', data: [['a', 'b', 'c'], ...rows] }]);
  });

  it('leaves out what XML cannot hold, which would keep the whole file from opening', async () => {
    const [found] = await read([sheet([['a\u0000b\u001Bc\uD800d\uFFFFe', 1, 'f']])]);
    expect(found?.data[1]).toEqual(['abc\uFFFDde', 1, 'f']);
  });

  it('has its sheets in order, each with its header, also without rows', async () => {
    const found = await read([sheet([['x', 1, 'y']], 'één & twee'), sheet([], 'codeboek')]);
    expect(found.map(({ sheet: name, data }) => [name, data.length])).toEqual([
      ['één & twee', 2],
      ['codeboek', 1],
    ]);
  });

  it('names columns beyond the twenty-sixth', async () => {
    const header = Array.from({ length: 30 }, (_, index) => `k${index}`);
    const [found] = await read([{ name: 'breed', header, rows: [[header.map((_, index) => index)]] }]);
    expect(found?.data[1]?.at(-1)).toBe(29);
    expect(found?.data[0]?.at(27)).toBe('k27');
  });

  it('takes 100,000 rows', async () => {
    function* blocks(): Generator<Row[]> {
      for (let block = 0; block < 100; block += 1) {
        yield Array.from({ length: 1000 }, (_, index): Row => [`school ${index}`, block, null]);
      }
    }
    const [found] = await read([{ name: 'lang', header: ['a', 'b', 'c'], rows: blocks() }]);
    expect(found?.data.length).toBe(100_001);
    expect(found?.data.at(-1)).toEqual(['school 999', 99, null]);
  }, 60_000);

  it('makes no more rows than were asked for, and tells their maker when nobody wants the rest', async () => {
    let [made, ended] = [0, false];
    async function* blocks(): AsyncGenerator<Row[]> {
      try {
        for (;;) {
          made += 1;
          // Texts that do not repeat, so that every block fills pieces of the file.
          yield await Promise.resolve(Array.from({ length: 500 }, () => [Math.random(), Math.random(), null]));
        }
      } finally {
        ended = true;
      }
    }
    const pieces = workbookPieces([{ name: 'zonder eind', header: ['a', 'b', 'c'], rows: blocks() }]);
    for (let piece = 0; piece < 60; piece += 1) await pieces.next();
    await pieces.return(undefined);
    expect(ended).toBe(true);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(60);
  });

  it('fails as a whole when its rows do', async () => {
    function* broken(): Generator<Row[]> {
      yield [['x', 1, null]];
      throw new Error('the disk is gone');
    }
    await expect(bytesOf([{ name: 'a', header: ['a'], rows: broken() }])).rejects.toThrow('the disk is gone');
  });
});
