import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import ib180 from './ib-180.json' with { type: 'json' };
import { readInstrumentJson } from './read-json.ts';

const shipped = readFileSync(new URL('./ib-180.json', import.meta.url), 'utf8');

function faultsOf(text: string | Uint8Array) {
  const read = readInstrumentJson(text);
  return read.ok ? [] : read.faults;
}

/** Where a piece of the shipped list stands, with both counting from 1. */
function placeOf(piece: string, text = shipped) {
  const before = text.slice(0, text.indexOf(piece)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

describe('reading a list from JSON', () => {
  test('the shipped list is read, from text and from bytes', () => {
    expect(readInstrumentJson(shipped)).toEqual({ ok: true, instrument: ib180 });
    expect(readInstrumentJson(new TextEncoder().encode(shipped))).toEqual({ ok: true, instrument: ib180 });
  });

  test('a slip in the syntax is named where it is', () => {
    expect(faultsOf('{\n  "key": "a"\n  "version": "1"\n}')).toEqual([
      { line: 3, column: 3, code: 'json_comma_expected' },
    ]);
    expect(faultsOf('{"key" "a"}')).toEqual([{ line: 1, column: 8, code: 'json_colon_expected' }]);
    expect(faultsOf('{"key": }')).toEqual([{ line: 1, column: 9, code: 'json_value_expected' }]);
    expect(faultsOf('{"key": "a",}')[0]?.code).toBe('json_name_expected');
    expect(faultsOf('{"key": "a"\n')[0]?.code).toBe('json_not_closed');
    expect(faultsOf('{} {}')).toEqual([{ line: 1, column: 4, code: 'json_text_after_end' }]);
    expect(faultsOf('{"key": "a\n"}')[0]).toEqual({ line: 1, column: 9, code: 'json_bad_string' });
    expect(faultsOf('// list\n{}')[0]).toEqual({ line: 1, column: 1, code: 'json_comment' });
    expect(faultsOf('{"key": nil}')[0]).toEqual({ line: 1, column: 9, code: 'json_bad_value' });
  });

  test('a fault in the content is named where its value starts', () => {
    const text = shipped.replace('"C1.02"', '"C1 02"');
    expect(faultsOf(text)).toEqual([{ ...placeOf('"C1 02"', text), code: 'code_unsafe' }]);
  });

  test('a missing key is named at its object, an unknown key where it stands', () => {
    const text = shipped.replace('"version": "1.0.0",', '"colour": "red",');
    expect(faultsOf(text)).toEqual([
      { line: 1, column: 1, code: 'key_missing', params: { key: 'version' } },
      { ...placeOf('"colour"', text), code: 'key_unknown', params: { key: 'colour' } },
    ]);
  });

  test('a code that is used twice names the line of the first', () => {
    const text = shipped.replace('"C2.01"', '"C1.01"');
    const first = placeOf('"C1.01"').line;
    expect(faultsOf(text)).toEqual([
      { ...placeOf('"C2.01"'), code: 'code_repeated', params: { code: 'C1.01', first } },
    ]);
  });

  test('a key that comes twice in one object is refused and names the first', () => {
    expect(faultsOf('{\n"key": "a",\n"key": "b"\n}')).toEqual([
      { line: 3, column: 1, code: 'json_duplicate_key', params: { key: 'key', first: 2 } },
    ]);
  });

  test('a byte order mark, a binary file and deep nesting are refused', () => {
    expect(faultsOf(`\ufeff${shipped}`)).toEqual([{ line: 1, column: 1, code: 'byte_order_mark' }]);
    expect(faultsOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toEqual([
      { line: 1, column: 5, code: 'not_text' },
    ]);
    expect(faultsOf('['.repeat(100_000))).toEqual([
      { line: 1, column: 33, code: 'json_too_deep', params: { max: 32 } },
    ]);
  });

  test('every fault is reported, in the order of the file', () => {
    const text = shipped.replace('"C1.02"', '"C1 02"').replace('"version": "1.0.0"', '"version": ""');
    expect(faultsOf(text).map(({ code }) => code)).toEqual(['version_malformed', 'code_unsafe']);
  });

  test('a mangled file gives faults or a list, and never throws', () => {
    const mangled = fc
      .tuple(
        fc.nat(shipped.length),
        fc.nat(40),
        fc.oneof(fc.string(), fc.constantFrom('{', '}', '[', '"', ',', 'null')),
      )
      .map(([at, cut, insert]) => shipped.slice(0, at) + insert + shipped.slice(at + cut));
    fc.assert(
      fc.property(mangled, (text) => {
        const read = readInstrumentJson(text);
        expect(read.ok || read.faults.length > 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('any text, any JSON and any bytes give faults, and never throw', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array());
    fc.assert(
      fc.property(anything, (input) => {
        expect(readInstrumentJson(input).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
