import { describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { readAspect, readCompetency, readName } from './list-form.ts';

const aspect = { other_nl: 'De IB’er luistert.', self_nl: 'Ik luister.' };
const codeOf = (code: string) => {
  const read = readAspect({ ...aspect, code }, ['ib']);
  return read.ok ? null : read.errors;
};

describe('the code in a form about a list', () => {
  it('says that it means something else already where it does, and which signs it may have otherwise', () => {
    expect(codeOf('A.1.reason')).toEqual({ code: m.list_code_reserved() });
    expect(codeOf('constructor')).toEqual({ code: m.list_code_reserved() });
    expect(codeOf('A 1')).toEqual({ code: m.list_code_wrong() });
    expect(codeOf('A 1.reason')).toEqual({ code: m.list_code_wrong() });
    expect(codeOf('A.1')).toBeNull();
  });

  it('says the same of a competency, and of a list’s own key which signs it may have', () => {
    const competency = readCompetency({ code: 'A.unclear', title_nl: 'Leren' });
    expect(competency).toEqual({ ok: false, errors: { code: m.list_code_reserved() } });
    const name = readName({ key: 'own list', version: '1', title_nl: 'Lijst' });
    expect(name).toEqual({ ok: false, errors: { key: m.list_field_key_wrong() } });
  });

  it('is asked for where it is missing', () => {
    expect(codeOf('')).toEqual({ code: m.field_error_empty() });
  });
});
