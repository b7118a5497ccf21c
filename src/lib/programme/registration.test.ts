import { describe, expect, it } from 'vitest';
import { divide, goesOn, isSameSchool, isTaking, type Applicant } from './registration.ts';

/** Registered in this order: 'pair …' takes two places. */
const came = (...ids: string[]): Applicant[] =>
  ids.map((id, index) => ({
    id,
    ...(id.startsWith('pair') ? { people: 2, isPair: true } : { people: 1, isPair: false }),
    arrivedAt: `2026-11-0${index + 1}T09:00:00.000Z`,
  }));
const first = { most: 4, taken: 0, pairsFirst: true };

describe('how places are divided', () => {
  it('counts people: a pair takes two', () => {
    expect(divide(first, came('pair a', 'pair b', 'pair c'))).toEqual({
      ...{ given: ['pair a', 'pair b'], waiting: ['pair c'], free: 0 },
    });
  });

  it('puts pairs first where they are wanted, whenever they came', () => {
    const { given, waiting } = divide(first, came('alone a', 'alone b', 'pair c', 'alone d'));
    expect(given).toEqual(['pair c', 'alone a', 'alone b']);
    expect(waiting).toEqual(['alone d']);
  });

  it('goes by arrival alone where they are not', () => {
    const { given, waiting } = divide({ ...first, pairsFirst: false }, came('alone a', 'alone b', 'alone c', 'pair d'));
    expect([given, waiting]).toEqual([['alone a', 'alone b', 'alone c'], ['pair d']]);
  });

  it('takes no place from whoever has one, and gives none where more are taken than there are', () => {
    expect(divide({ ...first, taken: 3 }, came('alone a', 'alone b'))).toMatchObject({ given: ['alone a'], free: 0 });
    expect(divide({ ...first, taken: 6 }, came('alone a'))).toEqual({ given: [], waiting: ['alone a'], free: 0 });
  });

  it('gives a single place that is left to the next who fits, and keeps the turn of the pair that does not', () => {
    const { given, waiting } = divide({ ...first, taken: 3 }, came('pair a', 'pair b', 'alone c', 'alone d'));
    expect(given).toEqual(['alone c']);
    expect(waiting).toEqual(['pair a', 'pair b', 'alone d']);
    expect(divide({ ...first, taken: 2 }, came('pair a', 'pair b', 'alone d')).given).toEqual(['pair a']);
  });

  it('gives whoever takes part already a place of those that are taken, where nobody else gets one', () => {
    const [there, other] = came('alone a', 'alone b');
    const applicants = there && other ? [{ ...there, people: 0 }, other] : [];
    expect(divide({ ...first, taken: 4 }, applicants)).toEqual({ given: ['alone a'], waiting: ['alone b'], free: 0 });
  });

  it('gives everybody a place where there is no limit', () => {
    expect(divide({ most: null, taken: 40, pairsFirst: false }, came('pair a', 'alone b'))).toEqual({
      ...{ given: ['pair a', 'alone b'], waiting: [], free: null },
    });
  });
});

describe('when a registration', () => {
  it('is taken: up to and including its last day, unless it was closed', () => {
    const open = { lastOn: '2026-11-30', closedAt: null };
    expect(isTaking(open, '2026-11-30')).toBe(true);
    expect(isTaking(open, '2026-12-01')).toBe(false);
    expect(isTaking({ ...open, closedAt: '2026-11-20T09:00:00.000Z' }, '2026-11-21')).toBe(false);
  });

  it('goes: three months after the first day, on that month’s last day where it has no such day', () => {
    expect(goesOn('2026-09-03')).toBe('2026-12-03');
    expect(goesOn('2026-11-30')).toBe('2027-02-28');
  });
});

describe('a school', () => {
  it('is the same by its BRIN where both have one, and else by its name', () => {
    const school = { name: 'De Regenboog', brin: '12AB00' };
    expect(isSameSchool(school, { name: 'Regenboog, De', brin: '12AB00' })).toBe(true);
    expect(isSameSchool(school, { name: 'De Regenboog', brin: '34CD00' })).toBe(false);
    expect(isSameSchool(school, { name: '  de  regenboog ', brin: null })).toBe(true);
    expect(isSameSchool(school, { name: 'De Klimop', brin: null })).toBe(false);
  });
});
