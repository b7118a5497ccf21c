import { describe, expect, it } from 'vitest';
import { copiesGo, namesGo } from './how-long.ts';

const terms = { fewest: 12, most: 12, postponedUntil: null };

describe('how long names stay', () => {
  it('is one number of months where all programmes have the same', () => {
    expect(namesGo(terms, 'nl')).toMatch(/^gaan 12 maanden na het einde van de leergang weg\. /);
    expect(namesGo({ ...terms, fewest: 1, most: 1 }, 'nl')).toMatch(/^gaan 1 maand na/);
  });

  it('is from the fewest to the most months where it differs', () => {
    expect(namesGo({ ...terms, most: 36 }, 'nl')).toContain('na 12 tot 36 maanden');
  });

  it('says until when it is postponed, and only then', () => {
    expect(namesGo({ ...terms, postponedUntil: '2031-03-01' }, 'nl')).toContain(
      'uitgesteld, op zijn laatst tot 01-03-2031',
    );
    expect(namesGo(terms, 'nl')).not.toContain('uitgesteld');
  });
});

describe('how long a backup keeps what is gone', () => {
  it('is a number of days, or what the operator does where the schedule is off', () => {
    expect(copiesGo(186)).toContain('186 dagen');
    expect(copiesGo(null)).toContain('bestuur');
  });
});
