import { describe, expect, it } from 'vitest';
import { REASONS } from '#lib/disclosure/reason.ts';
import { aspectReason, isClosed, reasonWord, scoreReason } from './report-reasons.ts';

const missing = { view: 'teacher', answered: 2, judged: 7, aspects: 18, needed: 9 } as const;

describe('what is withheld or missing', () => {
  it.each(REASONS)('%s has words and sentences in Dutch and others in English', (reason) => {
    const texts = [
      (locale: 'nl' | 'en') => reasonWord(reason, locale),
      (locale: 'nl' | 'en') => aspectReason(reason, missing, locale),
      (locale: 'nl' | 'en') => scoreReason(reason, missing, locale),
    ];
    for (const text of texts) {
      expect(text('nl')).toMatch(/\p{L}/u);
      expect(text('nl')).not.toContain('_');
      expect(text('nl')).not.toBe(text('en'));
    }
  });

  it('too few judged aspects are counted, with how many are needed', () => {
    expect(scoreReason('too_few_judged', missing, 'nl')).toBe('Te weinig beoordeeld (7 van 18; nodig 9)');
  });

  it('a closed panel tells how many teachers answered and how many are needed', () => {
    const closed = (answered: number) => aspectReason('view_hidden', { view: 'teacher', answered }, 'nl');
    expect(closed(2)).toBe('Het luik van de leerkrachten blijft dicht. Ingevuld: 2 leerkrachten. Nodig: 3.');
    expect(closed(1)).toBe('Het luik van de leerkrachten blijft dicht. Ingevuld: 1 leerkracht. Nodig: 3.');
  });

  it('a panel that waits for the other one says whose it is', () => {
    const waiting = (view: 'director' | 'ib') => aspectReason('other_not_submitted', { view, answered: 0 }, 'nl');
    expect(waiting('director')).toMatch(/^Het luik van de directeur blijft dicht\./);
    expect(waiting('ib')).toMatch(/^Het luik van de IB'er blijft dicht\./);
  });

  it('a panel that a refusal keeps closed says whose it is and why, and that nobody owes an explanation', () => {
    const text = aspectReason('consent', { view: 'teacher', answered: 2 }, 'nl');
    expect(text).toMatch(/^Het luik van de leerkrachten blijft dicht\..*iedereen die invulde.*vrije keuze/);
  });

  it('a sole teacher is spoken of as one', () => {
    const text = (answered: number) => aspectReason('not_judged', { view: 'teacher', answered }, 'nl');
    expect(text(1)).toBe('De leerkracht gaf hier geen score.');
    expect(text(2)).toBe('De leerkrachten gaven hier geen score.');
  });

  it('what a role cannot see is not called a shortage', () => {
    expect(scoreReason('not_visible_for_role', missing, 'nl')).toBe('grotendeels niet zichtbaar in deze rol');
  });

  it('a view that is withheld as a whole is a closed panel, a missing score is not', () => {
    expect(REASONS.filter(isClosed)).toEqual(['view_hidden', 'consent', 'other_not_submitted', 'erased']);
  });
});
