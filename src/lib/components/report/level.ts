import { createContext } from 'svelte';
import type { ShownLevel } from '#lib/analysis/view-differences.ts';

/** Whether a report shows its differences with or without the level, for the words deep inside it; as `teachers.ts`. */
export const [getLevel, setLevel] = createContext<() => ShownLevel>();
