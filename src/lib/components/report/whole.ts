import { createContext } from 'svelte';

/** Whether a report's page is made with all that opens in place, and the address of the one that is. */
export type Whole = { isWhole: boolean; address: string };

/** For what opens deep inside a report; a function, as in `teachers.ts`. */
export const [getWhole, setWhole] = createContext<() => Whole>();
