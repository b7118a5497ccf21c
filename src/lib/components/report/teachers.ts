import { createContext } from 'svelte';

/**
 * How many teachers a report speaks of, for the words deep inside it: a sole one is "the teacher". The report's page
 * sets it, as a function because the page stays when another report is opened.
 */
export const [getTeachers, setTeachers] = createContext<() => number>();
