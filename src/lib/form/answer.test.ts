import { describe, expect, it } from 'vitest';
import { countsAs, isAnswered, NOT_ANSWERED } from './answer.ts';

describe('an aspect', () => {
  it.each([
    ['a score', { score: 4 }, 'judged'],
    ['a score with the flag', { score: 4, unclear: true }, 'judged'],
    ['"cannot judge"', { cannotJudge: true }, 'cannot_judge'],
    ['the flag "unclear" alone', { unclear: true }, 'cannot_judge'],
    ['a remark alone', { comment: 'Hier weet ik weinig van.' }, null],
    ['nothing', {}, null],
  ] as const)('with %s', (_, given, expected) => {
    const answer = { ...NOT_ANSWERED, ...given };
    expect(countsAs(answer)).toBe(expected);
    expect(isAnswered(answer)).toBe(expected !== null);
  });
});
