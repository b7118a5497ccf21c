/**
 * What the teachers of a school round were promised before their first answer (measurement.md §9): `protected` pools
 * them, `open` lets a single teacher be recognised, with consent.
 */
export type Mode = 'protected' | 'open';
