import { describe, expect, it } from 'vitest';
import { answeredCount, answeredNotes } from './report-answered.ts';
import type { Answered } from './report-answered.ts';

const views = (teacher: Partial<Answered> = {}, director: Partial<Answered> = {}) => ({
  director: { invited: 1, answered: 1, closed: null, ...director },
  ib: { invited: 1, answered: 1, closed: null },
  teacher: { invited: 4, answered: 3, closed: null, ...teacher },
});
const texts = (...given: Parameters<typeof answeredNotes>) => answeredNotes(...given).map(({ text }) => text);

describe('what may be concluded from who answered', () => {
  it('three teachers are enough for a talk and too few for a verdict', () => {
    expect(texts(views(), 'protected', 'nl')[0]).toContain('gemiddelde van 3 leerkrachten');
  });

  it('two protected teachers leave their panel closed, with the count that is needed', () => {
    const [note, ...others] = answeredNotes(views({ answered: 2, closed: 'view_hidden' }), 'protected', 'nl');
    expect(note).toEqual({
      text: 'Het luik van de leerkrachten blijft dicht. Ingevuld: 2 leerkrachten. Nodig: 3.',
      withheld: 'view_hidden',
    });
    expect(others.map(({ text }) => text)).toEqual(['Wat je hieronder ziet, komt dus van twee kanten.']);
  });

  it('who did not answer is named by role, and not as a closed panel', () => {
    const [note] = answeredNotes(views({}, { answered: 0 }), 'protected', 'nl');
    expect(note).toEqual({ text: expect.stringContaining('De directeur vulde niet in'), withheld: 'not_judged' });
  });

  it('an open round says that it is by name', () => {
    expect(texts(views({ invited: 1, answered: 1 }), 'open', 'nl')).toEqual([
      expect.stringContaining('van één leerkracht'),
      expect.stringContaining('op naam binnen de driehoek'),
    ]);
  });
});

it('the count of a view follows its number', () => {
  expect(answeredCount('teacher', { invited: 4, answered: 3, closed: null }, 'nl')).toBe('3 van 4 vulden in');
  expect(answeredCount('teacher', { invited: 2, answered: 1, closed: null }, 'nl')).toBe('1 van 2 vulde in');
  expect(answeredCount('director', { invited: 1, answered: 1, closed: null }, 'nl')).toBe('1 van 1 vulde in');
});
