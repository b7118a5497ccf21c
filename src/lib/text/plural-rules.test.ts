import { plural as generated } from '#lib/paraglide/registry.js';
import { m } from '#lib/paraglide/messages.js';
import { describe, expect, it, vi } from 'vitest';
import { plural } from './plural-rules.ts';

describe('plural', () => {
  it.each(['nl', 'en'] as const)('gives the forms of the message library in %s', (locale) => {
    for (const count of [0, 1, 2, 11, 1.5, '1', '2', -1, Number.NaN, undefined]) {
      expect(plural(locale, count), String(count)).toBe(generated(locale, count));
    }
  });

  it('is what the texts ask, and makes the rules of a language once', () => {
    const made = vi.spyOn(Intl, 'PluralRules');
    for (const count of [1, 2, 3]) m.count_schools({ count });
    expect(made).not.toHaveBeenCalled();
    expect(m.count_schools({ count: 1 })).not.toBe(m.count_schools({ count: 2 }));
  });
});
