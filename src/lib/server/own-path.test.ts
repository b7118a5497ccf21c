import { expect, it } from 'vitest';
import { pathIn, withPath } from './own-path.ts';

const at = (address: string) => pathIn(new URL(address, 'http://localhost'));

it('a path of this site is gone to, with its search', () => {
  expect(at(withPath('/x', '/cohorts/1?a=b&c=d'))).toBe('/cohorts/1?a=b&c=d');
});

it('an address keeps its own search, and says nothing of the front page', () => {
  expect(withPath('/x?sent', '/cohorts')).toBe('/x?sent&to=%2Fcohorts');
  expect(withPath('/x', '/')).toBe('/x');
});

it.each(['https://elders.example', '//elders.example', '/\\elders.example', '/\t/elders.example', 'cohorts', ''])(
  'the front page stands in for %j',
  (to) => {
    expect(at(withPath('/x', to))).toBe('/');
  },
);

it.each([
  ['a personal link, which somebody else may hold', '/f/token'],
  ['a form', '/form/some-id'],
  ['a personal link behind a detour', '/reports/../f/token'],
  ['the same, written otherwise', '/reports/%2e%2e/f/token'],
  ['the same, with backslashes', '/reports\\..\\f\\token'],
  ['another part with the same beginning', '/reports-of-others'],
])('signing in leads to the front page instead of %s', (_, to) => {
  expect(at(withPath('/x', to))).toBe('/');
});

it('the front page stands in for none', () => {
  expect(at('/x')).toBe('/');
});
