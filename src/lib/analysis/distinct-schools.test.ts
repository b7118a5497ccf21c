import { describe, expect, it } from 'vitest';
import { distinctSchools } from './distinct-schools.ts';

describe('five schools', () => {
  const behind = (schools: number, ratees: number, directors: number) =>
    Array.from({ length: 12 }, (_, index) => ({
      school: `school ${index % schools}`,
      ratee: `ib ${index % ratees}`,
      director: `director ${index % directors}`,
    }));

  it('are different schools and different IB’ers', () => {
    expect(distinctSchools(behind(4, 12, 12), false)).toBe(4);
    expect(distinctSchools(behind(12, 3, 12), false)).toBe(3);
  });

  it('have five different directors for the director’s view only', () => {
    expect(distinctSchools(behind(12, 12, 2), false)).toBe(12);
    expect(distinctSchools(behind(12, 12, 2), true)).toBe(2);
  });

  it('count no director where there is none', () => {
    const one = { school: 'a', ratee: 'b', director: null };
    expect(distinctSchools([one], true)).toBe(0);
  });
});
