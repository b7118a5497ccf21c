import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maskPath, TOKEN_PATHS } from './log.ts';

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

  it('masks every address that has a token in it, and so does the log of the proxy that the manual gives', () => {
    const routes = globSync('src/routes/*/*/[[]token]').map((route) => route.split('/').at(-2));
    expect(routes.toSorted()).toEqual(TOKEN_PATHS.toSorted());
    expect(readFileSync('docs/operations/nginx.conf', 'utf8')).toContain(`^/(?<part>${TOKEN_PATHS.join('|')})/`);
  });
});
