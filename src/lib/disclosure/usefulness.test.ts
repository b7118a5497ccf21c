import { describe, expect, it } from 'vitest';
import { mayShowAnswers } from './usefulness.ts';

describe('answers on how useful a session was', () => {
  it('are shown from five', () => {
    expect(mayShowAnswers({ shown: 0, fresh: 4 })).toBe(false);
    expect(mayShowAnswers({ shown: 0, fresh: 5 })).toBe(true);
  });

  it('are shown anew with three that are new, for one or two would be the difference', () => {
    expect(mayShowAnswers({ shown: 5, fresh: 0 })).toBe(false);
    expect(mayShowAnswers({ shown: 5, fresh: 2 })).toBe(false);
    expect(mayShowAnswers({ shown: 5, fresh: 3 })).toBe(true);
  });
});
