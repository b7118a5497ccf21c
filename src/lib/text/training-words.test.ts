import { describe, expect, it } from 'vitest';
import { whyTrained } from './training-words.ts';

const none = { ib_director: null, ib_teacher: null, director_teacher: null };
const unseen = { director: 0.667, ib: 0, teacher: 0.4 };
const because = (pick: Parameters<typeof whyTrained>[0], grounds: Partial<Parameters<typeof whyTrained>[1]> = {}) =>
  whyTrained(pick, { U: 0.34, seen: unseen, gaps: none, ...grounds }, 'nl');

describe('why an aspect is worth training', () => {
  it('says the share that did not understand it, that it is taken in different ways, or both', () => {
    const meaning = (...causes: ('U' | 'N')[]) => because({ reading: 'check_meaning', causes, pair: null });
    expect(meaning('U')).toBe('34% van de antwoorden kreeg ‘onduidelijk’.');
    expect(meaning('N')).not.toMatch(/\d/);
    expect(meaning('U', 'N')).toBe(
      '34% van de antwoorden kreeg ‘onduidelijk’, en de scholen vatten het uiteenlopend op.',
    );
  });

  it('says which roles could not see it', () => {
    const said = because({ reading: 'not_observed', causes: ['C_director', 'C_teacher'], pair: null });
    expect(said).toMatch(/^67% van de directeuren .* 40% van de leerkrachten /);
  });

  it('says who gives more, and at how many schools it is much', () => {
    const gap = (mean: number | null) =>
      because(
        { reading: 'seen_differently', causes: [], pair: 'ib_teacher' },
        { gaps: { ...none, ib_teacher: { n: 12, mean, large: 7 } } },
      );
    expect(gap(0.94)).toBe(
      "IB'ers geven gemiddeld 0,9 hoger dan leerkrachten; bij 7 van de 12 scholen is het verschil groot (1,5 of meer).",
    );
    expect(gap(-0.5)).toMatch(/^Leerkrachten geven gemiddeld 0,5 hoger dan IB'ers/);
    expect(gap(0.4)).toMatch(/^Gemiddeld is het verschil klein, maar bij 7 van de 12 scholen/);
    expect(gap(null), 'the mean is withheld').toMatch(/^Bij 7 van de 12 scholen verschillen IB'ers en leerkrachten/);
  });
});
