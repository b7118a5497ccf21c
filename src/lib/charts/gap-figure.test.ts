import { describe, expect, it } from 'vitest';
import { VIEWS, type View } from '#lib/analysis/types.ts';
import { gapFigure } from './gap-figure.ts';
import type { GapAspect } from './gap-figure.ts';

const scale = { min: 1, max: 5, labels: ['nooit', 'zelden', 'soms', 'meestal', 'altijd'] } as const;
const answered = { director: 1, ib: 1, teacher: 2 };

function aspect(code: string, scores: [number | null, number | null, number | null], size: number | null): GapAspect {
  const [director, ib, teacher] = scores;
  const view = (score: number | null, reason: 'not_judged' | 'view_hidden') =>
    score === null ? { score, reason } : { score };
  return {
    ...{ code, statement: `Stelling ${code}.`, class: 'in_agreement', reading: 'shared_view', size },
    views: {
      director: view(director, 'not_judged'),
      ib: view(ib, 'not_judged'),
      teacher: view(teacher, 'view_hidden'),
    },
  };
}

const make = (aspects: GapAspect[], asked: readonly View[] = VIEWS) =>
  gapFigure(
    {
      ...{ code: 'C1', title: 'Communiceren', scale, level: 'with', asked, aspects },
      ...{ answered, people: { ib: null, teachers: 3 } },
    },
    'nl',
  );

describe('the gap chart as a neutral figure', () => {
  it('is sorted by the largest difference; what has none comes last, in the order of the list', () => {
    const figure = make([
      aspect('a', [3, null, null], null),
      aspect('b', [3, 4, null], 1),
      aspect('c', [1, 5, null], 4),
      aspect('d', [null, 4, null], null),
    ]);
    expect(figure.name).toBe('gaps-C1');
    expect(figure.rows.map(({ code }) => code)).toEqual(['c', 'b', 'a', 'd']);
  });

  it('has a mark a view in each row, and a band from the lowest to the highest', () => {
    const [row] = make([aspect('a', [5, 2, 11 / 3], 3)]).rows;
    expect(row?.marks).toEqual([
      { view: 'director', value: 5, text: '5' },
      { view: 'ib', value: 2, text: '2' },
      { view: 'teacher', value: 3.7, text: '3,7' },
    ]);
    expect(row?.band).toEqual({ from: 2, to: 5 });
  });

  it('shows what is withheld with its reason, never as a value, and explains it', () => {
    const figure = make([aspect('a', [5, 2, null], 3), aspect('b', [4, null, null], null)]);
    expect(figure.rows[0]?.marks[2]).toEqual({
      view: 'teacher',
      value: null,
      reason: 'view_hidden',
      text: 'luik dicht',
    });
    expect(figure.rows[1]?.band).toBeNull();
    expect(figure.notes).toEqual([
      { word: 'niet beoordeeld', texts: ["De IB'er gaf hier geen score."] },
      { word: 'luik dicht', texts: ['Het luik van de leerkrachten blijft dicht. Ingevuld: 2 leerkrachten. Nodig: 3.'] },
    ]);
  });

  it('has no mark, and no word, for a view that the list does not ask', () => {
    const figure = make([aspect('a', [5, 2, null], 3)], ['director', 'ib']);
    expect(figure.views).toEqual(['director', 'ib']);
    expect(figure.rows[0]?.marks.map(({ view }) => view)).toEqual(['director', 'ib']);
    expect(figure.notes).toEqual([]);
  });

  it('explains a word once, for each view that it is about', () => {
    const [note, ...others] = make([aspect('a', [5, null, 3], null), aspect('b', [null, 4, 3], null)]).notes;
    expect(note?.texts).toEqual(['De directeur gaf hier geen score.', "De IB'er gaf hier geen score."]);
    expect(others).toEqual([]);
  });
});
