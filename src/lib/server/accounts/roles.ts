import type { Grant } from './queries.ts';

/** The roles of an account as the administrator's forms have them: in general, and for which cohorts and programmes. */
export type Roles = {
  admin: boolean;
  /** May make cohorts of their own. */
  trainer: boolean;
  /** Ids of the cohorts that somebody is trainer of. */
  cohorts: string[];
  /** Ids of the programmes that somebody is in the steering group of. */
  programmes: string[];
};

export function toGrants({ admin, trainer, cohorts, programmes }: Roles): Grant[] {
  const global = { cohortId: null, programmeId: null };
  return [
    ...(admin ? [{ ...global, role: 'admin' as const }] : []),
    ...(trainer ? [{ ...global, role: 'trainer' as const }] : []),
    ...cohorts.map((cohortId) => ({ ...global, role: 'trainer' as const, cohortId })),
    ...programmes.map((programmeId) => ({ ...global, role: 'steering' as const, programmeId })),
  ];
}

export function toRoles(grants: readonly Grant[]): Roles {
  return {
    admin: grants.some(({ role }) => role === 'admin'),
    trainer: grants.some(({ role, cohortId }) => role === 'trainer' && cohortId === null),
    cohorts: grants.flatMap(({ cohortId }) => (cohortId === null ? [] : [cohortId])),
    programmes: grants.flatMap(({ programmeId }) => (programmeId === null ? [] : [programmeId])),
  };
}

/** Which role it is: equal for equal roles, whatever their order or origin. */
export function keyOf({ role, cohortId, programmeId }: Grant): string {
  return `${role}:${cohortId ?? programmeId ?? ''}`;
}

/** All roles in one text, to know later whether they still are what they were. */
export function versionOf(grants: readonly Grant[]): string {
  return grants.map(keyOf).toSorted().join(' ');
}

/** The roles of `these` that are not among `others`. */
export function without<G extends Grant>(these: readonly G[], others: readonly Grant[]): G[] {
  const known = new Set(others.map(keyOf));
  return these.filter((grant) => !known.has(keyOf(grant)));
}
