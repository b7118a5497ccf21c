import { describe, expect, it } from 'vitest';
import { roundsFigure } from './rounds-figure.ts';
import type { RoundChange } from './rounds-figure.ts';

const scale = { min: 1, max: 5, labels: [] } as const;
const competencies = [{ code: 'C1', title: 'Communiceren' }];

const changed = (view: RoundChange['view'], from: number, to: number): RoundChange => ({
  ...{ view, competency: 'C1', status: 'ok', from, to },
  band: to - from >= 0.5 ? 'clearly_higher' : 'no_clear_change',
});
const otherDirector: RoundChange = {
  ...{ view: 'director', competency: 'C1', status: 'director_changed', band: null, from: null, to: null },
};

const figureOf = (earlier: Parameters<typeof roundsFigure>[0]['earlier']) =>
  roundsFigure({ scale, round: 'T2', earlier, competencies, people: { ib: null, teachers: 3 } }, 'nl');

describe('earlier rounds beside this one', () => {
  it('are no figure as long as there are none', () => {
    expect(figureOf([])).toBeNull();
  });

  it('each view goes from its oldest comparable round to this one', () => {
    const figure = figureOf([
      { round: 'T0', sameDirector: false, change: [otherDirector, changed('ib', 3.04, 3.8)] },
      { round: 'T1', sameDirector: true, change: [changed('director', 4, 4.2), changed('ib', 3.5, 3.8)] },
    ]);
    expect(figure?.rounds).toEqual(['T0', 'T1', 'T2']);
    const [director, ib] = figure?.panels[0]?.lines ?? [];
    expect(director?.points).toEqual([
      { round: 1, value: 4 },
      { round: 2, value: 4.2 },
    ]);
    expect(ib).toMatchObject({ words: 'duidelijk hoger', isClear: true });
    expect(ib?.points?.[0]).toEqual({ round: 0, value: 3 });
    expect(figure?.caption).toContain('Bij meting T0 was er een andere directeur');
  });

  it('says that rounds between the ends of a line have no mark, where there are any', () => {
    const then = (...views: RoundChange['view'][]) => ({
      sameDirector: true,
      change: views.map((view) => changed(view, 3, 4)),
    });
    const says = (...earlier: Parameters<typeof figureOf>[0]) =>
      figureOf(earlier)?.caption.endsWith('metingen ertussen hebben geen punt.');
    expect(says({ round: 'T0', ...then('ib') }, { round: 'T1', ...then('ib') })).toBe(true);
    expect(says({ round: 'T1', ...then('ib') })).toBe(false);
    expect(says({ round: 'T0', ...then() }, { round: 'T1', ...then('ib') })).toBe(false);
  });

  it('a view that cannot be compared has words and no line', () => {
    const hidden: RoundChange = {
      ...{ view: 'teacher', competency: 'C1', status: 'insufficient', band: null, from: null, to: null },
      reason: 'view_hidden',
    };
    const figure = figureOf([{ round: 'T0', sameDirector: true, change: [otherDirector, hidden] }]);
    expect(figure?.panels[0]?.lines).toEqual([
      { view: 'director', words: 'andere directeur – niet vergelijkbaar', isClear: false, points: null },
      {
        view: 'teacher',
        words: 'niet te vergelijken: luik dicht',
        isClear: false,
        points: null,
        reason: 'view_hidden',
      },
    ]);
  });
});
