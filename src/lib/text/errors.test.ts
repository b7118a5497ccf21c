import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#lib/errors.ts';
import { errorText } from './errors.ts';

describe('texts of refusals', () => {
  it.each(ERROR_CODES)('%s has a sentence in Dutch and another in English', (code) => {
    expect(errorText(code, 'nl')).toMatch(/\S.*[.?!]$/s);
    expect(errorText(code, 'en')).toMatch(/\S.*[.?!]$/s);
    expect(errorText(code, 'nl')).not.toBe(errorText(code, 'en'));
  });
});
