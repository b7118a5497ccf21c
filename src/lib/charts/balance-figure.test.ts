import { describe, expect, it } from 'vitest';
import { balanceFigure } from './balance-figure.ts';
import type { BalanceFacts } from './balance-figure.ts';

const people = { ib: 'Marloes', teachers: 3 };
const hidden: BalanceFacts = {
  ...{ view: 'director', now: null, emphasis: null, start: null, band: null, reason: 'not_visible_for_role' },
};
const self: BalanceFacts = {
  ...{ view: 'ib', now: 0.6, emphasis: 'coaching', start: { round: 'T0', value: -0.2 }, band: 'clearly_higher' },
};
const teachers: BalanceFacts = { view: 'teacher', now: -0.3, emphasis: 'even', start: null, band: null };

describe('the balance of advising and coaching', () => {
  const figure = balanceFigure([hidden, self, teachers], people, 'nl');

  it('is one axis: where a view stands now, and where it began', () => {
    expect(figure.limit).toBe(2);
    expect(figure.rows[1]).toMatchObject({
      ...{ now: { value: 0.6, text: '+0,6' }, start: { value: -0.2, text: '−0,2', round: 'T0' } },
      words: 'nadruk op coachen, verschoven naar coachen',
    });
    expect(figure.rows[2]).toMatchObject({ now: { value: -0.3 }, start: null, words: 'in balans' });
  });

  it('says why a view has no place', () => {
    expect(figure.rows[0]).toMatchObject({ now: null, reason: 'not_visible_for_role' });
    expect(figure.rows[0]?.words).toBe('niet te vergelijken: niet in deze rol');
  });

  it('is told in sentences that name who sees what', () => {
    expect(figure.caption).toContain('Volgens Marloes ligt de nadruk nu op coachen.');
    expect(figure.caption).toContain('Volgens de leerkrachten zijn adviseren en coachen nu in balans.');
    expect(figure.caption).toContain('Sinds meting T0 schuift het volgens Marloes duidelijk naar coachen.');
    expect(figure.caption).not.toContain('directeur');
  });

  it('has room for every figure', () => {
    expect(balanceFigure([{ ...teachers, now: -2.3 }], people, 'nl').limit).toBe(2.5);
  });
});
