import { describe, expect, it } from 'vitest';
import { maskPath } from './log.ts';

describe('the log', () => {
  it.each([
    ['/f/AbC-123', '/f/[token]'],
    ['/r/AbC-123', '/r/[token]'],
    ['/sign-in/AbC', '/sign-in/[token]'],
    ['/setup/AbC', '/setup/[token]'],
    ['/sign-in', '/sign-in'],
    ['/form/0190/answers/C1.04', '/form/0190/answers/C1.04'],
  ])('writes %s as %s', (path, masked) => {
    expect(maskPath(path)).toBe(masked);
  });
});
