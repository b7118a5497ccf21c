import { describe, expect, test } from 'vitest';
import { FAULTS } from '#lib/instrument/faults.ts';
import type { FaultCode } from '#lib/instrument/faults.ts';
import { faultLine, faultText } from './faults.ts';

const codes = Object.keys(FAULTS) as FaultCode[];
const samples = Object.fromEntries(
  codes.map((code) => [code, Object.fromEntries(FAULTS[code].map((name) => [name, `<${name}>`]))]),
);

describe('texts of faults', () => {
  test.each(codes)('%s has a Dutch and an English sentence that shows each of its parameters', (code) => {
    for (const locale of ['nl', 'en'] as const) {
      const text = faultText({ code, params: samples[code] ?? {} }, locale);
      expect(text).toMatch(/^\S.*[.?…]$/);
      expect(text).not.toContain('undefined');
      for (const name of FAULTS[code]) expect(text).toContain(`<${name}>`);
    }
  });

  test('the two languages are different sentences', () => {
    for (const code of codes) {
      const params = samples[code] ?? {};
      expect(faultText({ code, params }, 'nl')).not.toBe(faultText({ code, params }, 'en'));
    }
  });

  test('a fault is written as file:line:column: what', () => {
    const fault = { line: 3, column: 7, code: 'column_unknown', params: { column: 'colour' } } as const;
    expect(faultLine('list.csv', fault, 'en')).toBe('list.csv:3:7: The column ‘colour’ is unknown.');
  });
});
