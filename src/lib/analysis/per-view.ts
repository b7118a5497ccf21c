import type { View } from './types.ts';

/** Makes something of each view. */
export function perView<T>(make: (view: View) => T): Record<View, T> {
  return { director: make('director'), ib: make('ib'), teacher: make('teacher') };
}
