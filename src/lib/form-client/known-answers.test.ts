import { describe, expect, it } from 'vitest';
import { NOT_ANSWERED } from '#lib/form/answer.ts';
import { KnownAnswers, scaleKey } from './known-answers.ts';

const answer = (score: number, changedAt: number) => ({ ...NOT_ANSWERED, score, changedAt });

describe('what the server is known to have', () => {
  it('is nothing at first, given at no time', () => {
    const known = new KnownAnswers();
    expect(known.aspect('C1.01')).toBeUndefined();
    expect(known.changedAt('C1.01')).toBe(0);
  });

  it('is replaced by something newer only, whatever the order in which it is heard', () => {
    const known = new KnownAnswers();
    expect(known.learn('C1.01', answer(4, 200))).toBe(true);
    expect(known.learn('C1.01', answer(2, 100))).toBe(false);
    expect(known.learn('C1.01', answer(2, 200))).toBe(false);
    expect(known.aspect('C1.01')?.score).toBe(4);
    expect(known.learn('C1.01', answer(5, 201))).toBe(true);
    expect(known.aspect('C1.01')?.score).toBe(5);
  });

  it('keeps a scale question apart from an aspect of the same name', () => {
    const known = new KnownAnswers();
    known.learn(scaleKey('C1'), { value: 6, notes: [], changedAt: 100 });
    expect(known.scale(scaleKey('C1'))?.value).toBe(6);
    expect(known.aspect('C1')).toBeUndefined();
  });
});
