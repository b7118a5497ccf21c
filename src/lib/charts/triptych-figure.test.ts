import { expect, it } from 'vitest';
import { triptychFigure } from './triptych-figure.ts';
import type { TriptychCompetency } from './triptych-figure.ts';

const scale = { min: 1, max: 5, labels: [] } as const;
const views = {
  director: { invited: 1, answered: 1, closed: null },
  ib: { invited: 1, answered: 1, closed: null },
  teacher: { invited: 3, answered: 2, closed: 'view_hidden' },
} as const;

const people = { ib: null, teachers: 3 };

const competency: TriptychCompetency = {
  ...{ code: 'C1', title: 'Communiceren', aspects: 18, needed: 9, class: 'blind_spot' },
  views: {
    director: { score: null, judged: 7, reason: 'too_few_judged' },
    ib: { score: 4.04, judged: 18 },
    teacher: { score: null, judged: 0, reason: 'view_hidden' },
  },
  gaps: {
    ib_director: { gap: 0.66, common: 7 },
    ib_teacher: { gap: null, common: 0, reason: 'view_hidden' },
    director_teacher: { gap: null, common: 0, reason: 'view_hidden' },
  },
  gapNotes: ['ib_director'],
};

it('the triptych shows a score, too few judged and a closed panel each in its own way', () => {
  const figure = triptychFigure({ scale, level: 'with', views, competencies: [competency], people }, 'nl');
  expect(figure.rows[0]?.marks).toEqual([
    { view: 'director', value: null, reason: 'too_few_judged', text: 'Te weinig beoordeeld (7 van 18; nodig 9)' },
    { view: 'ib', value: 4, text: '4,0' },
    {
      ...{ view: 'teacher', value: null, reason: 'view_hidden' },
      text: 'Dit luik blijft dicht. Ingevuld: 2 leerkrachten. Nodig: 3.',
    },
  ]);
  expect(figure.columns.map(({ closed }) => closed)).toEqual([false, false, true]);
  expect(figure.columns[2]?.count).toBe('2 van 3 vulden in');
});

it('a gap that does not follow from the scores beside it tells over which aspects it is', () => {
  const [row] = triptychFigure({ scale, level: 'with', views, competencies: [competency], people }, 'nl').rows;
  expect(row?.notes).toEqual(["IB'er − directeur: +0,7, berekend over de 7 aspecten die beiden beoordeelden"]);
});
