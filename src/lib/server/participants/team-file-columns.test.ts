import { describe, expect, it } from 'vitest';
import { faultText } from '#lib/text/faults.ts';
import type { FaultCode, FaultParams } from '#lib/instrument/faults.ts';
import { withHeadings } from './team-file-columns.ts';

describe('a fault of a list of teams', () => {
  const told = (code: FaultCode, params: FaultParams, locale: 'nl' | 'en' = 'nl') =>
    faultText(withHeadings({ code, params }, locale), locale);

  it('calls a column as the template in the reader’s language does', () => {
    expect(told('column_missing', { column: 'email' })).toBe('De kolom ‘e-mail’ ontbreekt.');
    expect(told('column_missing', { column: 'email' }, 'en')).toContain('‘email’');
    expect(told('column_repeated', { column: 'name' })).toContain('‘naam’');
    expect(told('field_empty', { column: 'role' })).toContain('‘rol’');
  });

  it('repeats a heading as it is written, and says which was meant as the template has it', () => {
    expect(told('column_misspelt', { column: 'emial', meant: 'email' })).toBe(
      'De kolom ‘emial’ is onbekend. Bedoel je ‘e-mail’?',
    );
    expect(told('column_unknown', { column: 'name' })).toContain('‘name’');
  });
});
