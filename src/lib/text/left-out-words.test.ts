import { describe, expect, it } from 'vitest';
import { leftOutFewText, leftOutText } from './left-out-words.ts';

describe('which schools a picture leaves out', () => {
  it('is said by how many reports wait, and of the own school by itself; of nobody nothing is said', () => {
    expect(leftOutText({ waiting: 1, own: 0, all: 12 }, 'nl')).toMatch(
      /^1 van de 12 rapporten is nog niet vrijgegeven\./,
    );
    expect(leftOutText({ waiting: 2, own: 1, all: 12 }, 'nl')).toMatch(
      /^2 van de 12 rapporten zijn .* Je eigen school telt hier niet mee\.$/,
    );
    expect(leftOutText({ waiting: 0, own: 1, all: 12 }, 'nl')).toBe('Je eigen school telt hier niet mee.');
    expect(leftOutText(null, 'nl')).toBe('');
  });

  it('with too few left says how many are released, how many are needed, and whom to ask', () => {
    const text = leftOutFewText({ waiting: 9, own: 0, all: 12 }, 'nl');
    expect(text).toContain('vanaf 5 scholen');
    expect(text).toContain('Tot nu toe vrijgegeven: 3 van de 12 rapporten.');
    expect(text).toContain('Vraag haar of haar rapport mag worden vrijgegeven.');
    expect(leftOutFewText({ waiting: 0, own: 1, all: 5 }, 'nl')).not.toContain('Vraag haar');
  });
});
