import { daysBetween } from '#lib/server/days.ts';
import type { RegistrationFacts } from '#lib/server/registrations/today-service.ts';
import type { Due } from './today.ts';

/** What the registration of a cohort asks of its trainer on a day. Pure. */

/** Registering that ends within so many days can still be helped on. */
const SOON_DAYS = 7;

export function ofRegistration(today: string, facts: RegistrationFacts): Due[] {
  const { cohortId, cohortName, lastOn, people, minPeople } = facts;
  const nothing = { roundId: null, roundName: null, isPulse: false, submitted: 0, invited: 0, least: null, day: null };
  const base = { ...nothing, cohortId, cohortName };
  const due: Due[] = [];
  const isEnding = lastOn !== null && daysBetween(today, lastOn) <= SOON_DAYS;
  if (isEnding && minPeople !== null && people < minPeople) {
    due.push({ ...base, kind: 'registration_below', day: lastOn, count: people, least: minPeople });
  }
  const place = ofPlaces(today, facts);
  return place === null ? due : [...due, { ...base, ...place }];
}

/** One line a cohort: giving the places and telling who waits are the same button. */
function ofPlaces(today: string, facts: RegistrationFacts): Pick<Due, 'kind' | 'count'> | null {
  const { next, nextAfterWaiting, untold, waiting, free, startsOn } = facts;
  if (nextAfterWaiting > 0) return { kind: 'place_free', count: nextAfterWaiting };
  if (next > 0) return { kind: 'place_wait', count: next };
  if (untold > 0) return { kind: 'place_none', count: untold };
  // Room for one, and a pair waits: with one place more it fits. Once the programme has begun that is no news of the day.
  const isHeldUp = waiting > 0 && free !== null && free > 0 && today < startsOn;
  return isHeldUp ? { kind: 'place_held_up', count: free } : null;
}
