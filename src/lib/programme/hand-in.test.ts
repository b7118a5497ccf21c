import { describe, expect, it } from 'vitest';
import { countByYear, mayHandIn, standingOf, type HandedIn } from './hand-in.ts';

const DUE = '2027-02-04';
const at = (handedIn: HandedIn | null, today: string) => standingOf(DUE, handedIn, today);
const on = (day: string, hasFeedback = false): HandedIn => ({ on: day, hasFeedback });

describe('an assignment', () => {
  it('can be handed in on its day and later', () => {
    expect([at(null, '2027-02-04'), at(null, '2027-02-05')]).toEqual(['to_do', 'overdue']);
    expect(mayHandIn('to_do') && mayHandIn('overdue')).toBe(true);
  });

  it('that was handed in on time can be changed on its day, and no later', () => {
    expect(at(on('2027-01-20'), '2027-02-04')).toBe('changeable');
    expect(at(on('2027-02-04'), '2027-02-05')).toBe('waiting');
    expect([mayHandIn('changeable'), mayHandIn('waiting')]).toEqual([true, false]);
  });

  it('that was handed in late can be changed until there is feedback', () => {
    expect(at(on('2027-02-10'), '2027-03-01')).toBe('changeable');
    expect(at(on('2027-02-10', true), '2027-03-01')).toBe('answered');
  });

  it('with feedback stays as it is, its day still to come', () => {
    expect(at(on('2027-01-20', true), '2027-01-21')).toBe('answered');
    expect(mayHandIn('answered')).toBe(false);
  });
});

describe('the assignments of a year', () => {
  it('are counted once their day is past, one for each participant', () => {
    const counts = countByYear(
      [
        { year: 1, dueOn: '2026-11-01', expected: ['a', 'b', 'c'], handedIn: ['a'] },
        { year: 1, dueOn: '2026-12-01', expected: ['a', 'b'], handedIn: ['a', 'b'] },
        { year: 1, dueOn: '2027-02-04', expected: ['a', 'b'], handedIn: ['a'] },
        { year: 2, dueOn: '2028-02-04', expected: ['a'], handedIn: [] },
      ],
      '2027-02-04',
    );
    expect(counts).toEqual([
      { year: 1, planned: 3, due: 2, expected: 5, handedIn: 3, people: 3 },
      { year: 2, planned: 1, due: 0, expected: 0, handedIn: 0, people: 0 },
    ]);
  });
});
