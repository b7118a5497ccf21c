import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STANDARD_ROLES, STANDARD_SCALE } from './defaults.ts';
import { readInstrumentCsv } from './read-csv.ts';

const identity = { key: 'own', version: '1' };
const header = 'competency,competency_title,cluster,cluster_title,code,text_other,text_self,explain';
const fixture = (name: string) => readFileSync(new URL(`../../../tests/fixtures/${name}`, import.meta.url));

function faultsOf(text: string | Uint8Array, about = identity) {
  const read = readInstrumentCsv(text, about);
  return read.ok ? [] : read.faults;
}

function listOf(text: string | Uint8Array, about: Parameters<typeof readInstrumentCsv>[1] = identity) {
  const read = readInstrumentCsv(text, about);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.instrument;
}

describe('reading a list from CSV', () => {
  test('a file in one language serves both, with the standard scale and roles', () => {
    const list = listOf(fixture('instrument-one-language.csv'), { ...identity, title: 'Eigen lijst' });
    expect(list).toMatchObject({ ...identity, title: { nl: 'Eigen lijst', en: 'Eigen lijst' } });
    expect(list.scale).toEqual(STANDARD_SCALE);
    expect(list.roles).toEqual(STANDARD_ROLES);
    expect(list.competencies.map(({ code, clusters }) => [code, clusters.map(({ key }) => key)])).toEqual([
      ['A', ['A-1', 'A-2']],
      ['B', ['B-1']],
    ]);
    const [first, second] = list.competencies[0]?.clusters[0]?.aspects ?? [];
    expect(first?.explain?.nl).toBe('Ook als het gesprek uitloopt,\nen ook aan de telefoon.');
    expect(second).toEqual({
      code: 'A.2',
      other: { nl: "De IB'er vat samen wat is gezegd.", en: "De IB'er vat samen wat is gezegd." },
      self: { nl: 'Ik vat samen wat is gezegd.', en: 'Ik vat samen wat is gezegd.' },
    });
    expect(list.competencies[0]?.clusters[1]?.aspects[0]?.self.nl).toBe('Ik vraag: "Wat helpt je?"');
  });

  test('columns with languages are read from a spreadsheet’s file: BOM, semicolons, CRLF; blank English is Dutch', () => {
    const list = listOf(fixture('instrument-two-languages.csv'));
    expect(list.title).toEqual({ nl: 'own', en: 'own' });
    expect(list.competencies[0]?.title).toEqual({ nl: 'Luisteren', en: 'Listening' });
    expect(list.competencies[0]?.clusters[0]?.aspects).toEqual([
      {
        code: 'A.1',
        other: { nl: "De IB'er luistert.", en: "The IB'er listens." },
        self: { nl: 'Ik luister.', en: 'I listen.' },
        explain: { nl: 'Zonder haast.', en: 'Without haste.' },
      },
      {
        code: 'A.2',
        other: { nl: "De IB'er vat samen.", en: "De IB'er vat samen." },
        self: { nl: 'Ik vat samen.', en: 'Ik vat samen.' },
      },
    ]);
  });

  test('every fault in the header is named, rows are not blamed for it', () => {
    const text = `competency,competency_title,colour,cluster,cluster_title,cluster,text_other,text_self\nA,t,red,c,t,c,x,y\n`;
    expect(faultsOf(text)).toEqual([
      { line: 1, column: 1, code: 'column_missing', params: { column: 'code' } },
      { line: 1, column: 29, code: 'column_unknown', params: { column: 'colour' } },
      { line: 1, column: 58, code: 'column_repeated', params: { column: 'cluster' } },
    ]);
  });

  test('a text column stands without a language or with Dutch, not both and not English alone', () => {
    const mixed = header.replace('text_self', 'text_self,text_self_en');
    expect(faultsOf(`${mixed}\n`)).toEqual([
      { line: 1, column: 67, code: 'column_language_mixed', params: { column: 'text_self' } },
    ]);
    expect(faultsOf(`${header.replace('text_self', 'text_self_en')}\n`)).toEqual([
      { line: 1, column: 1, code: 'column_missing', params: { column: 'text_self_nl' } },
    ]);
  });

  test('every fault in the rows is named with the place of its field', () => {
    const text = [
      header,
      'A,Luisteren,A-1,Aandacht,A.1,Ander,Zelf,',
      'A,Luisteren,A-1,Aandacht,A.1,Ander,,',
      'A,Horen,A-1,Aandacht,A 2,Ander,Zelf,',
      'B,Plannen,A-1,Aandacht,B.1,Ander,Zelf,',
      'A,Luisteren,A-1,Zorg,A.3,Ander,Zelf',
      'A,Luisteren,A-1,Zorg,A.4.comment,Ander,Zelf,',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      { line: 3, column: 26, code: 'code_repeated', params: { code: 'A.1', first: 2 } },
      { line: 3, column: 36, code: 'field_empty', params: { column: 'text_self' } },
      { line: 4, column: 3, code: 'title_differs', params: { code: 'A', first: 2 } },
      { line: 4, column: 22, code: 'code_unsafe' },
      { line: 5, column: 11, code: 'code_in_two_competencies', params: { code: 'A-1', first: 2 } },
      { line: 6, column: 36, code: 'field_count', params: { expected: 8, found: 7 } },
      { line: 7, column: 17, code: 'title_differs', params: { code: 'A-1', first: 2 } },
      { line: 7, column: 22, code: 'code_reserved' },
    ]);
  });

  test('faults before a quote that is never closed are reported with it', () => {
    expect(faultsOf(`${header}\nA,,A-1,Aandacht,A.1,Ander,Zelf,\nA,Luisteren,A-1,"Aandacht,A.2,x,y,\n`)).toEqual([
      { line: 2, column: 3, code: 'field_empty', params: { column: 'competency_title' } },
      { line: 3, column: 17, code: 'csv_quote_not_closed' },
    ]);
  });

  test('a text that is too long is refused', () => {
    const text = `${header}\nA,Luisteren,A-1,Aandacht,A.1,${'x'.repeat(601)},Zelf,`;
    expect(faultsOf(text)).toEqual([{ line: 2, column: 30, code: 'text_too_long', params: { max: 600 } }]);
  });

  test('a header alone, a binary file and a wrong key or version are refused', () => {
    expect(faultsOf(`${header}\n`)).toEqual([{ line: 1, column: 1, code: 'no_rows' }]);
    expect(faultsOf(Buffer.from('PK\u0003\u0004\u0000'))).toEqual([{ line: 1, column: 1, code: 'spreadsheet_file' }]);
    const row = 'A,Luisteren,A-1,Aandacht,A.1,Ander,Zelf,';
    expect(faultsOf(`${header}\n${row}`, { key: 'own list', version: 'a@b' }).map(({ code }) => code)).toEqual([
      'code_unsafe',
      'version_malformed',
    ]);
  });

  test('a mangled file gives faults or a list, and never throws', () => {
    const good = fixture('instrument-one-language.csv').toString();
    const mangled = fc
      .tuple(fc.nat(good.length), fc.nat(30), fc.oneof(fc.string(), fc.constantFrom('"', ',', ';', '\n', '\r', '""')))
      .map(([at, cut, insert]) => good.slice(0, at) + insert + good.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' }), fc.uint8Array()), (text) => {
        const read = readInstrumentCsv(text, identity);
        expect(read.ok || read.faults.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
