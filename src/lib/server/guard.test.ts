import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UserActor } from '#lib/permissions.ts';
import { canBeNamed, guardRoute, type Verdict } from './guard.ts';
import { signedInPath } from './own-path.ts';

const routesFolder = new URL('../../routes/', import.meta.url);

/** The id of every route that answers: a folder with a page or an endpoint. */
function routeIds(): string[] {
  const files = readdirSync(routesFolder, { recursive: true, encoding: 'utf8' });
  const answering = files.filter((file) => /(^|\/)\+(page\.svelte|page\.server\.ts|server\.ts)$/.test(file));
  return [...new Set(answering.map((file) => `/${dirname(file)}`))].sort();
}

const person: UserActor = {
  ...{ kind: 'user', userId: 'u', name: 'Somebody', personId: 'p', admin: false, trainer: false },
  ...{ cohortIds: [], programmeIds: [] },
};
const ACTORS: Record<string, UserActor | null> = {
  visitor: null,
  'school person': person,
  trainer: { ...person, personId: null, trainer: true },
  'trainer of one cohort': { ...person, personId: null, cohortIds: ['c'] },
  admin: { ...person, personId: null, admin: true },
  steering: { ...person, personId: null, programmeIds: ['p'] },
};
const EXPECTED: Record<string, Verdict[]> = {
  // visitor, school person, trainer, trainer of one cohort, admin, steering group
  '(public)': ['allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'],
  '(rater)': ['allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'],
  '(second-step)': ['sign_in', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'],
  '(account)': ['sign_in', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'],
  '(school)': ['sign_in', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed'],
  '(trainer)': ['sign_in', 'not_found', 'allowed', 'allowed', 'not_found', 'not_found'],
  '(lists)': ['sign_in', 'not_found', 'allowed', 'allowed', 'allowed', 'not_found'],
  '(partnership)': ['sign_in', 'not_found', 'not_found', 'allowed', 'allowed', 'allowed'],
  '(steering)': ['sign_in', 'not_found', 'not_found', 'allowed', 'not_found', 'allowed'],
  '(admin)': ['sign_in', 'not_found', 'not_found', 'not_found', 'allowed', 'not_found'],
};

describe('the guard', () => {
  it('knows the group of every route there is', () => {
    const ids = routeIds();
    expect(ids).toContain('/(trainer)/cohorts/[cohort]');
    const unknown = ids.filter((id) => EXPECTED[id.split('/')[1] ?? ''] === undefined);
    expect(unknown).toEqual([]);
  });

  it.each(routeIds())('lets through %s exactly who its group is for', (id) => {
    const verdicts = Object.values(ACTORS).map((actor) => guardRoute(id, actor));
    expect(verdicts).toEqual(EXPECTED[id.split('/')[1] ?? '']);
  });

  it.each(routeIds())('keeps somebody who owes the second factor out of %s, unless everybody may see it', (id) => {
    const isOpen = ['(public)', '(rater)', '(second-step)'].includes(id.split('/')[1] ?? '');
    expect(guardRoute(id, null, true)).toBe(isOpen ? 'allowed' : 'second_step');
  });

  it.each(routeIds())('asks to sign in for %s just where signing in leads back to it', (id) => {
    const [, group, ...parts] = id.split('/');
    const asks = guardRoute(id, null) === 'sign_in' && group !== '(second-step)';
    const path = `/${parts.filter((part) => !part.startsWith('(')).join('/')}`; // groups within a group have no address
    expect(signedInPath.parse(path)).toBe(asks ? path : '/');
  });

  it.each([null, '/', '/secret', '/(other)/page', '/trainer/cohorts'])('keeps everybody out of %s', (id) => {
    for (const actor of Object.values(ACTORS)) expect(guardRoute(id, actor)).toBe('not_found');
  });

  it('reads the routes of this very project', () => {
    expect(existsSync(new URL('(public)/healthz/+server.ts', routesFolder))).toBe(true);
  });
});

describe('what an address names', () => {
  it('can be an id, a token, the code of an aspect or the name of a file', () => {
    expect(canBeNamed({ round: '01a21847-b7ea-7020-acd7-cf1d223bdaa0', file: 'gaps-C1.svg', page: 'C1.04_a' })).toBe(
      true,
    );
    expect(canBeNamed({ token: 'v-_9Zq', list: 'ib-180@1.0.0', rest: undefined })).toBe(true);
  });

  it.each(['\0', '€', 'é', 'a b', 'a\r\nSet-Cookie: a=b', '../admin', '..\\admin', 'x?y', 'x#y', 'x%00', '"'])(
    'cannot be %j',
    (text) => {
      expect(canBeNamed({ round: 'r', invitation: text })).toBe(false);
    },
  );
});
