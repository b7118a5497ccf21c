import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.ts';

describe('a remembered function', () => {
  it('makes each thing once, and tells different arguments apart', () => {
    const made: string[] = [];
    const join = remembered((word: string, count: number) => {
      made.push(`${word} ${count}`);
      return { text: `${word} ${count}` };
    });
    expect(join('a', 1)).toBe(join('a', 1));
    expect(join('a', 2).text).toBe('a 2');
    expect(join('a 1', 2).text).toBe('a 1 2');
    expect(made).toEqual(['a 1', 'a 2', 'a 1 2']);
  });
});
