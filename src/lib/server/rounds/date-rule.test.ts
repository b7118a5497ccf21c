import { describe, expect, it } from 'vitest';
import { dateFaults } from './date-rule.ts';

const today = '2026-03-10';
const none = { opensOn: null, closesOn: null };

describe('the dates of a round', () => {
  it('may be left out: then it opens and closes by hand', () => expect(dateFaults(none, none, today)).toEqual({}));

  it('may be today, and the same day', () =>
    expect(dateFaults({ opensOn: today, closesOn: today }, none, today)).toEqual({}));

  it('do not lie in the past', () =>
    expect(dateFaults({ opensOn: '2026-03-09', closesOn: '2026-03-09' }, none, today)).toEqual({
      opensOn: 'past',
      closesOn: 'past',
    }));

  it('stay as they are when their day has come', () => {
    const before = { opensOn: '2026-03-09', closesOn: null };
    expect(dateFaults({ opensOn: '2026-03-09', closesOn: '2026-03-20' }, before, today)).toEqual({});
    expect(dateFaults({ opensOn: '2026-03-08', closesOn: '2026-03-20' }, before, today)).toEqual({ opensOn: 'past' });
  });

  it('close no earlier than they open', () =>
    expect(dateFaults({ opensOn: '2026-03-20', closesOn: '2026-03-19' }, none, today)).toEqual({
      closesOn: 'before_opening',
    }));
});
