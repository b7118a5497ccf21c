import type { Pair } from './types.ts';

/** Makes something of each pair of views. */
export function perPair<T>(make: (pair: Pair) => T): Record<Pair, T> {
  return {
    ib_director: make('ib_director'),
    ib_teacher: make('ib_teacher'),
    director_teacher: make('director_teacher'),
  };
}
