import { describe, expect, it } from 'vitest';
import type { Reading } from '#lib/analysis/reading.ts';
import { baseCompetency, firstToDiscuss } from './first-to-discuss.ts';

const aspect = (code: string, reading: Reading, size: number | null, competency = code.slice(0, 2)) => ({
  ...{ code, competency, reading, size },
});
const codes = (...aspects: ReturnType<typeof aspect>[]) => firstToDiscuss(aspects, 'C1').map(({ code }) => code);

describe('the three aspects to talk about first', () => {
  it('are one of each kind of talk, in its order: meaning before performance', () => {
    expect(
      firstToDiscuss(
        [
          aspect('C1.1', 'seen_differently', 4),
          aspect('C2.1', 'not_observed', null),
          aspect('C3.1', 'check_meaning', 1),
        ],
        'C1',
      ),
    ).toEqual([
      { code: 'C3.1', reading: 'check_meaning' },
      { code: 'C2.1', reading: 'not_observed' },
      { code: 'C1.1', reading: 'seen_differently' },
    ]);
  });

  it('have the largest difference of their kind', () => {
    const three = codes(
      ...[
        aspect('C1.1', 'check_meaning', 1),
        aspect('C1.2', 'check_meaning', 2),
        aspect('C1.3', 'check_meaning', null),
      ],
      ...[aspect('C1.4', 'not_observed', null), aspect('C1.5', 'not_observed', 0)],
      ...[aspect('C1.6', 'seen_differently', 1.5), aspect('C1.7', 'seen_differently', 3)],
    );
    expect(three).toEqual(['C1.2', 'C1.5', 'C1.7']);
  });

  it('come from another kind where one has none: the next largest, in the order of the talk', () => {
    const differ = [2, 3, 1.5].map((size, index) => aspect(`C1.${index}`, 'seen_differently', size));
    expect(codes(...differ)).toEqual(['C1.1', 'C1.0', 'C1.2']);
    expect(codes(...differ, aspect('C2.1', 'check_meaning', 1), aspect('C2.2', 'check_meaning', 2))).toEqual([
      ...['C2.2', 'C2.1'],
      'C1.1',
    ]);
  });

  it('are of the base competency where differences are equal, else in the order of the list', () => {
    const equal = [aspect('C2.1', 'seen_differently', 2), aspect('C3.1', 'seen_differently', 2)];
    expect(codes(...equal, aspect('C1.1', 'seen_differently', 2))).toEqual(['C1.1', 'C2.1', 'C3.1']);
    expect(firstToDiscuss([...equal, aspect('C1.1', 'seen_differently', 2)], null).map(({ code }) => code)).toEqual([
      ...['C2.1', 'C3.1', 'C1.1'],
    ]);
  });

  it('are fewer, or none, where less asks for a talk', () => {
    expect(codes(aspect('C1.1', 'shared_view', 1), aspect('C1.2', 'insufficient', null))).toEqual([]);
    expect(codes(aspect('C1.1', 'shared_view', 1), aspect('C1.2', 'not_observed', 1))).toEqual(['C1.2']);
  });
});

it('the base competency is known by its key, not by its code', () => {
  expect(
    baseCompetency([
      { key: 'x', code: 'C1' },
      { key: 'purposeful-communication', code: 'K9' },
    ]),
  ).toBe('K9');
  expect(baseCompetency([{ key: 'x', code: 'C1' }])).toBeNull();
});
