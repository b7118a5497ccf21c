import { describe, expect, it } from 'vitest';
import { coverageByYear } from './coverage.ts';
import { firstDayOf, schoolYearOf } from './school-year.ts';

const TODAY = '2026-11-26';

describe('a school year', () => {
  it('begins on the first of August', () => {
    expect([schoolYearOf('2026-07-31'), schoolYearOf('2026-08-01'), schoolYearOf('2027-01-15')]).toEqual([
      2025, 2026, 2026,
    ]);
    expect(firstDayOf(2026)).toBe('2026-08-01');
  });
});

describe('how many schools were reached', () => {
  it('knows no year where nothing happened yet', () => {
    expect(coverageByYear([], [], TODAY)).toEqual([]);
    expect(coverageByYear([{ schoolId: 'a', from: '2027-01-01', until: null }], [], TODAY)).toEqual([]);
  });

  it('counts a school once a year, whatever it takes part in', () => {
    const enrolments = ['2026-09-01', '2026-10-01'].map((from) => ({ schoolId: 'a', from, until: null }));
    const rounds = ['2026-10-10', '2026-11-10'].map((closedOn) => ({ schoolId: 'a', closedOn }));
    expect(coverageByYear(enrolments, rounds, TODAY)).toEqual([{ year: 2026, schools: 1, measured: 1 }]);
  });

  it('shows every year since the first, newest first, also one without a round', () => {
    const enrolments = [
      { schoolId: 'a', from: '2024-09-01', until: null },
      { schoolId: 'b', from: '2024-09-01', until: '2025-09-30' },
    ];
    expect(coverageByYear(enrolments, [{ schoolId: 'a', closedOn: '2024-10-01' }], TODAY)).toEqual([
      { year: 2026, schools: 1, measured: 0 },
      { year: 2025, schools: 2, measured: 0 },
      { year: 2024, schools: 2, measured: 1 },
    ]);
  });

  it('takes a school in a closed round for one that took part, though it was entered later', () => {
    const enrolled = { schoolId: 'a', from: '2026-09-01', until: null };
    expect(coverageByYear([enrolled], [{ schoolId: 'a', closedOn: '2025-10-01' }], TODAY)).toEqual([
      { year: 2026, schools: 1, measured: 0 },
      { year: 2025, schools: 1, measured: 1 },
    ]);
  });
});
