import { describe, expect, it } from 'vitest';
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
      text: 'Het luik van de leerkrachten blijft dicht. Ingevuld: 2 leerkrachten. Nodig: 3.',
    },
  ]);
  expect(figure.columns.map(({ closed }) => closed)).toEqual([false, false, true]);
  expect(figure.columns[2]?.count).toBe('2 van 3 vulden in');
});

it('a view that the list does not ask has no panel', () => {
  const raters = { ...views, teacher: { invited: 0, answered: 0, closed: 'not_asked' } } as const;
  const figure = triptychFigure({ scale, level: 'with', views: raters, competencies: [competency], people }, 'nl');
  expect(figure.columns.map(({ view }) => view)).toEqual(['director', 'ib']);
  expect(figure.rows[0]?.marks.map(({ view }) => view)).toEqual(['director', 'ib']);
});

it('a gap that does not follow from the scores beside it tells over which aspects it is', () => {
  const [row] = triptychFigure({ scale, level: 'with', views, competencies: [competency], people }, 'nl').rows;
  expect(row?.notes).toEqual(["IB'er − directeur: +0,7, berekend over de 7 aspecten die beiden beoordeelden"]);
});

describe('the largest difference that the triptych names', () => {
  const open = { director: views.director, ib: views.ib, teacher: { invited: 3, answered: 3, closed: null } };
  /** Scores of director, IB'er and teachers; gaps over shared aspects that may say otherwise. */
  const seen = (
    title: string,
    [director, ib, teacher]: [number, number, number],
    gaps: Partial<Record<'ib_director' | 'ib_teacher' | 'director_teacher', number | null>> = {},
    over: Partial<TriptychCompetency> = {},
  ): TriptychCompetency => {
    const gap = (of: number | null) => ({ gap: of, common: 9 });
    return {
      ...{ ...competency, title, gapNotes: [], ...over },
      views: {
        director: { score: director, judged: 18 },
        ib: { score: ib, judged: 18 },
        teacher: { score: teacher, judged: 18 },
      },
      gaps: {
        ib_director: gap(gaps.ib_director === undefined ? ib - director : gaps.ib_director),
        ib_teacher: gap(gaps.ib_teacher === undefined ? ib - teacher : gaps.ib_teacher),
        director_teacher: gap(gaps.director_teacher === undefined ? director - teacher : gaps.director_teacher),
      },
    };
  };
  const caption = (...competencies: TriptychCompetency[]) =>
    triptychFigure({ scale, level: 'with', views: open, competencies, people }, 'nl').caption;

  it('is that of the scores it shows, whatever the gap over shared aspects is elsewhere', () => {
    const told = caption(seen('Leiden', [3, 4, 3.2], { ib_director: 1.6 }), seen('Coachen', [3, 4.4, 3.2]));
    expect(told).toContain("‘Coachen’: de IB'er 4,4, de directeur 3,0.");
  });

  it('goes by scores as they are rounded; the gap decides between equals', () => {
    const told = caption(seen('Leiden', [3.04, 4.04, 3.9], { ib_director: 0.9 }), seen('Coachen', [3, 3.96, 3.9]));
    expect(told).toContain("‘Coachen’: de IB'er 4,0, de directeur 3,0.");
  });

  it('is not named where the widest is called alike, or cannot be compared', () => {
    const wider = seen('Leiden', [2.8, 4.2, 4], {}, { class: 'in_agreement' });
    expect(caption(wider, seen('Coachen', [3, 4, 3.2]))).not.toContain('Het grootste verschil');
    const apart = seen('Leiden', [2, 4, 4], { ib_director: null, director_teacher: null });
    expect(caption(apart, seen('Coachen', [3, 4, 3.2]))).not.toContain('Het grootste verschil');
  });
});
