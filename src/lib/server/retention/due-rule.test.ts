import { describe, expect, it } from 'vitest';
import { dueOn, endOf, goesOn, nextStep, USUAL, type Policy, type Standing } from './due-rule.ts';

const standing: Standing = { lastOn: '2026-10-14', hasOpenRound: false, announced: null, clearedOn: null };
const policy = (given: Partial<Policy> = {}): Policy => ({ ...USUAL, ...given });

describe('the end of a cohort', () => {
  it('is the day that was set', () => {
    expect(endOf(policy({ endsOn: '2029-06-30' }), standing)).toBe('2029-06-30');
  });

  it.each([
    ['2026-10-14', '2027-07-31'],
    ['2027-07-31', '2027-07-31'],
    ['2027-08-01', '2028-07-31'],
  ])('else is the end of the school year of the last thing that happened: %s', (lastOn, end) => {
    expect(endOf(USUAL, { lastOn })).toBe(end);
  });
});

describe('the day that is due', () => {
  it('is twelve months after the end, where nobody chose otherwise', () => {
    expect(dueOn(USUAL, standing)).toBe('2028-07-31');
  });

  it.each([
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-11-30', 1, '2026-12-30'],
    ['2026-01-15', 60, '2031-01-15'],
  ])('is a day of the month in which it falls: %s and %i months', (endsOn, months, due) => {
    expect(dueOn(policy({ endsOn, months }), standing)).toBe(due);
  });

  it('is put off, never brought forward, by postponing', () => {
    const due = (postponedUntil: string) => dueOn(policy({ endsOn: '2026-01-31', postponedUntil }), standing);
    expect(due('2027-09-01')).toBe('2027-09-01');
    expect(due('2026-09-01')).toBe('2027-01-31');
  });
});

describe('what is to be done', () => {
  const chosen = policy({ endsOn: '2026-01-31' }); // due on 2027-01-31
  const announced = { on: '2027-01-01', for: '2027-01-31' };

  it('is to announce it from thirty days ahead on', () => {
    expect(nextStep(chosen, standing, '2026-12-31')).toBeNull();
    expect(nextStep(chosen, standing, '2027-01-01')).toBe('announce');
    expect(nextStep(chosen, { ...standing, announced }, '2027-01-02')).toBeNull();
  });

  it('is to clear on the day that is due, and no sooner', () => {
    expect(nextStep(chosen, { ...standing, announced }, '2027-01-30')).toBeNull();
    expect(nextStep(chosen, { ...standing, announced }, '2027-01-31')).toBe('clear');
  });

  it('is never to clear within thirty days of announcing, also where the day is long past', () => {
    const late = { ...standing, announced: { on: '2027-05-10', for: '2027-01-31' } };
    expect(goesOn('2027-01-31', '2027-05-10')).toBe('2027-06-09');
    expect(nextStep(chosen, late, '2027-06-08')).toBeNull();
    expect(nextStep(chosen, late, '2027-06-09')).toBe('clear');
  });

  it('is to announce anew when the day has changed, by a choice or by a new round', () => {
    const postponed = policy({ endsOn: '2026-01-31', postponedUntil: '2027-04-01' });
    expect(nextStep(postponed, { ...standing, announced }, '2027-02-15')).toBeNull();
    expect(nextStep(postponed, { ...standing, announced }, '2027-03-02')).toBe('announce');
    const renewed = { ...standing, lastOn: '2028-03-01', announced: { on: '2028-07-01', for: '2028-07-31' } };
    expect(nextStep(USUAL, renewed, '2028-07-31')).toBeNull();
  });

  it('is to wait for an open round', () => {
    const open = { ...standing, announced, hasOpenRound: true };
    expect(nextStep(chosen, open, '2027-01-31')).toBeNull();
  });

  it('is nothing once it was cleared, until something happens again; that is announced first', () => {
    const cleared = { ...standing, clearedOn: '2027-01-31' };
    expect(nextStep(chosen, cleared, '2035-01-01')).toBeNull();
    expect(nextStep(chosen, { ...cleared, lastOn: '2027-02-01' }, '2027-02-02')).toBe('announce');
  });
});
