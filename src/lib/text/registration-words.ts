import { m } from '#lib/paraglide/messages.js';

/** For how many people a cohort is meant: "Plaats voor 6 tot en met 12 deelnemers."; '' where there is no limit. */
export function placesText({ minPeople: min, maxPeople: max }: { minPeople: number | null; maxPeople: number | null }) {
  if (min !== null && max !== null) return m.registration_places_between({ min, max });
  if (max !== null) return m.registration_places_most({ count: max });
  return min === null ? m.registration_places_any() : m.registration_places_least({ count: min });
}

/** How many people are registered: "Tot nu toe zijn 3 deelnemers aangemeld." */
export function registeredText(count: number): string {
  return count === 0 ? m.registration_count_none() : m.registration_count({ count });
}

/** What the fields in which a school registers are called where a fault is told. */
export function entryLabels(): Record<string, string> {
  const of = (role: string, field: string) => `${role}, ${field.toLowerCase()}`;
  return {
    ...{ school: m.school_name(), brin: m.school_brin(), language: m.registration_language() },
    ...{ ibName: of(m.role_ib(), m.field_name()), ibEmail: of(m.role_ib(), m.field_email()) },
    ...{ directorName: of(m.role_director(), m.field_name()), directorEmail: of(m.role_director(), m.field_email()) },
  };
}

/** How a registration stands, as its school reads it: what is so, and what comes next. */
export function entryState(state: 'received' | 'waiting' | 'placed' | 'withdrawn'): { what: string; next: string } {
  return {
    received: () => ({ what: m.registration_state_received(), next: m.registration_state_received_next() }),
    waiting: () => ({ what: m.registration_state_waiting(), next: m.registration_state_waiting_next() }),
    placed: () => ({ what: m.registration_state_placed(), next: m.registration_state_placed_next() }),
    withdrawn: () => ({ what: m.registration_state_withdrawn(), next: m.registration_state_withdrawn_next() }),
  }[state]();
}
