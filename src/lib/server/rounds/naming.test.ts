import { describe, expect, it } from 'vitest';
import { isWholeName, lastWhole, nextName, nextNumber, nextPulseName } from './naming.ts';

const round = (name: string, number: number) => ({ name, number, isPulse: name.startsWith('K') });
const rounds = (...names: string[]) => names.map(round);

describe('the name of the next round', () => {
  it.each([
    [[], 'T0', 'K1', 0],
    [['T0'], 'T1', 'K1', 1],
    [['T0', 'K1'], 'T1', 'K2', 2],
    [['T0', 'K1', 'T1', 'K2'], 'T2', 'K3', 4],
    [['T0', 'T2'], 'T3', 'K1', 2],
    [['Nulmeting', 'K4'], 'T1', 'K5', 2],
  ])('after %j: %s, or %s', (names, whole, pulse, number) => {
    expect(nextName(rounds(...names))).toBe(whole);
    expect(nextPulseName(rounds(...names))).toBe(pulse);
    expect(nextNumber(rounds(...names))).toBe(number);
  });
});

it('is not that of a round that the plan skips', () => {
  expect(nextName(rounds('T0'), ['T1'])).toBe('T2');
  expect(nextName(rounds('T0'), ['T1', 'T2'])).toBe('T3');
  expect(nextName(rounds('T0', 'T2'), ['T1'])).toBe('T3');
});

it.each([
  ['T9', true],
  ['t 1', true],
  ['K1', false],
  ['Tussenmeting', false],
  ['T1 kort', false],
])('%s is a name of a whole round: %s', (name, expected) => expect(isWholeName(name)).toBe(expected));

describe('the round that a pulse comes after', () => {
  const at = (name: string, number: number, status: 'planned' | 'open' | 'closed') => ({
    ...round(name, number),
    status,
  });

  it('is the last whole round that has opened', () => {
    const all = [at('T0', 0, 'closed'), at('T1', 1, 'open'), at('K1', 2, 'closed'), at('T2', 3, 'planned')];
    expect(lastWhole(all)?.name).toBe('T1');
  });

  it('is none as long as only rounds are planned', () => expect(lastWhole([at('T0', 0, 'planned')])).toBeUndefined());
});
