import { addMonths } from './calendar.ts';

/**
 * Who gets a place in a cohort (docs/decisions.md, Registration): places count people, and giving them is the trainer's act.
 * Here is only said how they would be divided.
 */

/** The most people that a cohort may be meant for, and the most schools that may register for one. */
export const MOST_PEOPLE = 500;
export const MOST_SCHOOLS = 500;

/**
 * A school that waits for a place. `people`: how many places it takes, two for a pair of director and IB'er; fewer where it was
 * added by hand before, and takes part already.
 */
export type Applicant = { id: string; people: number; isPair: boolean; arrivedAt: string };

/** The places of a cohort: `most` null without a limit; `taken` by people who have one, whom nobody takes it from. */
export type Places = { most: number | null; taken: number; pairsFirst: boolean };

/** Ids in the order of their turn: who would get a place now, and who waits on. `free` is what is left then; null without a limit. */
export type Division = { given: string[]; waiting: string[]; free: number | null };

/**
 * Divides the places that are free: pairs before others where pairs are wanted, else whoever came first. A pair that does not
 * fit in the one place that is left keeps its turn for the next two; that one place goes to the next who fits, for nobody is
 * helped by an empty chair.
 */
export function divide({ most, taken, pairsFirst }: Places, applicants: readonly Applicant[]): Division {
  let free = most === null ? null : Math.max(0, most - taken);
  const given: string[] = [];
  const waiting: string[] = [];
  for (const { id, people } of inTurn(applicants, pairsFirst)) {
    if (free !== null && people > free) {
      waiting.push(id);
      continue;
    }
    given.push(id);
    if (free !== null) free -= people;
  }
  return { given, waiting, free };
}

/** Ids of UUIDv7 sort by time too, where two came in the same millisecond. */
function inTurn(applicants: readonly Applicant[], pairsFirst: boolean): Applicant[] {
  const rank = ({ isPair, arrivedAt, id }: Applicant) => `${pairsFirst && isPair ? 0 : 1} ${arrivedAt} ${id}`;
  return applicants.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Months after the first day of the programme that a registration stays: long enough for somebody who drops out early. */
export const KEPT_MONTHS = 3;

/** The day (yyyy-mm-dd) on which registrations go, counted from the first day of the programme. */
export function goesOn(startsOn: string): string {
  return addMonths(startsOn, KEPT_MONTHS);
}

/** Whether schools can register on a day (yyyy-mm-dd): up to and including the last one, unless it was closed before. */
export function isTaking({ lastOn, closedAt }: { lastOn: string; closedAt: string | null }, today: string): boolean {
  return closedAt === null && today <= lastOn;
}

/** Whether two texts name the same school, however somebody types it. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return plain(one) === plain(other);
}

type NamedSchool = { name: string; brin: string | null };

/** Whether two are the same school: by BRIN where both have one, else by name (rules.md, Who, what, when). */
export function isSameSchool(one: NamedSchool, other: NamedSchool): boolean {
  if (one.brin !== null && other.brin !== null) return one.brin === other.brin;
  return isSameName(one.name, other.name);
}
