import { describe, expect, it } from 'vitest';
import { proposeSession, withSwaps } from './next-session.ts';
import type { SessionAspect } from './next-session.ts';

const gap = (large: number, size = 1, n = 12) => ({ n, size, large });
const none = { ib_director: null, ib_teacher: null, director_teacher: null };

/** An aspect that nobody need train, unless told otherwise. */
function aspect(code: string, over: Partial<SessionAspect> = {}): SessionAspect {
  return { code, competency: code.slice(0, 2), flags: [], gaps: none, ...over };
}
const unclear = (code: string, large = 0) => aspect(code, { flags: ['U'], gaps: { ...none, ib_teacher: gap(large) } });
const differs = (code: string, large: number, size = 1) =>
  aspect(code, { gaps: { ...none, ib_teacher: gap(large, size) } });
const unseen = (code: string) => aspect(code, { flags: ['C_director'] });
const many = (count: number, make: (code: string) => SessionAspect, competency = 'C2') =>
  Array.from({ length: count }, (_, index) => make(`${competency}.${index}`));

const chosen = (...aspects: SessionAspect[]) => proposeSession(aspects, 'C1').chosen;
const codes = (...aspects: SessionAspect[]) => chosen(...aspects).map(({ code }) => code);

describe('what an aspect is trained for', () => {
  it('is its meaning, where the statement is unclear or taken in different ways, before anything else', () => {
    const both = aspect('C1.1', { flags: ['C_director', 'N'], gaps: { ...none, ib_teacher: gap(12, 3) } });
    expect(chosen(both)).toMatchObject([{ reading: 'check_meaning', causes: ['N'], workForm: 'compare_meanings' }]);
    expect(chosen(unclear('C1.1'))).toMatchObject([{ causes: ['U'], workForm: 'describe' }]);
  });

  it('is who could see it, of the roles that the clarity flags', () => {
    expect(chosen(aspect('C1.1', { flags: ['C_director', 'C_teacher'] }))).toMatchObject([
      { reading: 'not_observed', causes: ['C_director', 'C_teacher'], workForm: 'find_moments' },
    ]);
  });

  it('is a difference where a gap is large somewhere, between the views where that is most', () => {
    const gaps = { ib_director: gap(4, 1), ib_teacher: gap(3, 2), director_teacher: gap(1, 3) };
    expect(chosen(aspect('C1.1', { gaps }))).toMatchObject([
      { reading: 'seen_differently', pair: 'ib_teacher', workForm: 'two_examples' },
    ]);
    expect(chosen(differs('C1.1', 0, 1.4))).toEqual([]);
    expect(chosen(aspect('C1.1'))).toEqual([]);
  });
});

describe('the ten of a session', () => {
  it('are meaning, then what is not seen, then what is seen differently: five, two and three', () => {
    const all = [...many(9, (code) => differs(code, 6)), ...many(9, unseen, 'C3'), ...many(9, unclear, 'C4')];
    const readings = chosen(...all).map(({ reading }) => reading);
    expect(readings).toEqual([
      ...Array.from({ length: 5 }, () => 'check_meaning'),
      ...Array.from({ length: 2 }, () => 'not_observed'),
      ...Array.from({ length: 3 }, () => 'seen_differently'),
    ]);
  });

  it('give the places that a kind does not fill to the others, meaning first', () => {
    const all = [...many(4, (code) => differs(code, 6)), ...many(6, unclear, 'C4')];
    expect(codes(...all)).toEqual([...many(6, unclear, 'C4').map(({ code }) => code), 'C2.0', 'C2.1', 'C2.2', 'C2.3']);
  });

  it('begin with the base competency, and have its meaning before its performance', () => {
    const found = chosen(differs('C3.1', 9), unclear('C3.2', 9), differs('C1.1', 4), unclear('C1.2'));
    expect(found.map(({ code, isBase }) => [code, isBase])).toEqual([
      ['C1.2', true],
      ['C1.1', true],
      ['C3.2', false],
      ['C3.1', false],
    ]);
    const { chosen: withoutBase } = proposeSession([differs('C3.1', 9), differs('C1.1', 4)], null);
    expect(withoutBase.map(({ code }) => code)).toEqual(['C3.1', 'C1.1']);
  });

  it('go by the size of the gap × the number of schools where it is large, then by the order of the list', () => {
    expect(codes(differs('C2.1', 4, 2), differs('C2.2', 9, 1), differs('C2.3', 6, 1.5), differs('C2.4', 9, 1))).toEqual(
      [...['C2.2', 'C2.3', 'C2.4', 'C2.1']],
    );
  });

  it('have a difference at a third of the schools before one at fewer, whatever the competency', () => {
    const few = many(12, (code) => differs(code, 3, 4), 'C1');
    expect(codes(...few, differs('C4.1', 4))).toEqual([...few.slice(0, 9).map(({ code }) => code), 'C4.1']);
  });

  it('are fewer where less is worth training', () => {
    expect(codes(aspect('C1.1'), unclear('C2.1'))).toEqual(['C2.1']);
    expect(codes()).toEqual([]);
  });

  it('leave the rest to choose from, in the same order', () => {
    const { others } = proposeSession([...many(7, unclear), ...many(9, (code) => differs(code, 5), 'C3')], 'C1');
    expect(others.map(({ code }) => code)).toEqual(['C3.3', 'C3.4', 'C3.5', 'C3.6', 'C3.7', 'C3.8']);
  });
});

it('a place that the base does not fill goes on in the other competencies, so that no kind crowds out another', () => {
  const base = [...many(9, (code) => differs(code, 9), 'C1'), ...many(2, unclear, 'C1.meaning')];
  expect(codes(...base, ...many(9, unclear, 'C2'))).toEqual([
    ...['C1.meaning.0', 'C1.meaning.1'],
    ...['C1.0', 'C1.1', 'C1.2', 'C1.3', 'C1.4'],
    ...['C2.0', 'C2.1', 'C2.2'],
  ]);
});

describe('a session that trainers changed', () => {
  const proposal = proposeSession([...many(6, unclear, 'C2'), ...many(9, (code) => differs(code, 5), 'C3')], 'C1');
  const at = (swaps: Parameters<typeof withSwaps>[1]) => withSwaps(proposal, swaps);
  const [other, another] = proposal.others.map(({ code }) => code);

  it('has the other aspect in the place, with what stood there, and puts it where it belongs in the order', () => {
    const { places, others } = at([{ proposed: 'C2.0', aspect: 'C3.5' }]);
    expect(places.map(({ code }) => code)).toEqual([
      ...['C2.1', 'C2.2', 'C2.3', 'C2.4', 'C2.5'],
      ...['C3.5', 'C3.0', 'C3.1', 'C3.2', 'C3.3'],
    ]);
    expect(places.find(({ code }) => code === 'C3.5')?.insteadOf).toMatchObject({ code: 'C2.0' });
    expect(others.map(({ code }) => code)).not.toContain('C3.5');
  });

  it('never has an aspect twice, and passes over a swap that no longer fits', () => {
    const twice = at([
      { proposed: 'C2.0', aspect: other ?? '' },
      { proposed: 'C2.1', aspect: other ?? '' },
    ]);
    expect(twice.places.filter(({ code }) => code === other)).toHaveLength(1);
    expect(at([{ proposed: 'C9.9', aspect: another ?? '' }]).places).toEqual(at([]).places);
    expect(at([{ proposed: 'C2.0', aspect: 'C2.1' }]).places).toEqual(at([]).places);
  });
});
