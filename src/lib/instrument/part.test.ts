import { describe, expect, it } from 'vitest';
import ib180 from './ib-180.json' with { type: 'json' };
import { isPart, partOf, partOfOutline } from './part.ts';
import { checkInstrument } from './problems.ts';
import { aspectsOf, outlineOf } from './aspects.ts';

const checked = checkInstrument(ib180);
if (!checked.ok) throw new Error('ib-180 does not pass its own checks');
const list = checked.instrument;
const [first, , third] = list.competencies;
const some = [first, third].flatMap((competency) => (competency ? aspectsOf(competency).slice(-2) : []));
const codes = some.map(({ code }) => code);

describe('a part of a list', () => {
  it('holds the chosen aspects in the order of the list, whatever order they were chosen in', () => {
    const part = partOf(list, new Set(codes.toReversed()));
    expect(part.competencies.flatMap(aspectsOf)).toEqual(some);
  });

  it('leaves out clusters and competencies of which nothing was chosen', () => {
    const part = partOf(list, new Set(codes));
    expect(part.competencies.map(({ code }) => code)).toEqual([first?.code, third?.code]);
    expect(part.competencies.flatMap(({ clusters }) => clusters).every(({ aspects }) => aspects.length > 0)).toBe(true);
  });

  it('keeps every competency in the outline, those that are not asked without aspects', () => {
    const part = partOfOutline(outlineOf(list), new Set(codes));
    expect(part.competencies.map(({ aspects }) => aspects.length)).toEqual([2, 0, 2, 0]);
  });
});

describe('whether aspects make a part', () => {
  const all = list.competencies.flatMap(aspectsOf).map(({ code }) => code);

  it.each([
    ['one aspect', codes.slice(0, 1), true],
    ['all but one', all.slice(1), true],
    ['none', [], false],
    ['all', all, false],
    ['one twice', [...codes, ...codes.slice(0, 1)], false],
    ['one that the list does not have', [...codes, 'C9.99'], false],
  ])('%s: %s', (_, chosen, expected) => expect(isPart(chosen, new Set(all))).toBe(expected));
});
