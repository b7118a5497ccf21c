import { describe, expect, it } from 'vitest';
import type { CompetencyClass } from '#lib/analysis/classify-competency.ts';
import { headlineOf } from './headline.ts';

const [alike, higher, none] = ['in_agreement', 'blind_spot', 'insufficient'] as const;
const over = (classes: CompetencyClass[], differ: number, complete = true) => headlineOf({ classes, differ, complete });

describe('the headline of a report', () => {
  it('says that the views are alike only where no aspect is seen differently', () => {
    expect(over([alike, alike], 0)).toBe('same');
    expect(over([alike, alike], 1)).toBe('same_on_average');
  });

  it('claims nothing about a view or a competency that could not be compared', () => {
    expect(over([alike, none], 0)).toBe('same_compared');
    expect(over([alike, alike], 0, false)).toBe('same_compared');
    expect(over([alike, none], 4)).toBe('same_on_average_compared');
    expect(over([alike, higher, none, none], 4)).toBe('mixed_compared');
    expect(over([none, none], 0)).toBe('nothing');
  });

  it('does not deny what single aspects show where no competency can be compared', () => {
    expect(over([none, none], 24)).toBe('single_aspects');
  });

  it('goes by the larger part of the competencies that were compared', () => {
    expect(over([alike, alike, higher], 9)).toBe('mostly_same');
    expect(over([alike, higher], 9)).toBe('mixed');
    expect(over([alike, higher, higher], 9)).toBe('differ');
    expect(over([alike, alike, higher, none], 9)).toBe('mostly_same');
  });
});
