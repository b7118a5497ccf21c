const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How long a session lasts without use, and at most. With a second factor as NIST SP 800-63B-4 has it for AAL2, where two
 * hours let a trainer give a session in between; without one a report can be read again the next day, and for a week at
 * most. Somebody who has yet to give the second factor has time to install an app. Who has no role and is no IB'er or
 * director, as after losing the last role, has no report to read again.
 */
const STRICT = { idle: 2 * HOUR, total: 12 * HOUR };
const LIMITS = {
  half: { idle: 30 * MINUTE, total: 30 * MINUTE },
  staff: STRICT,
  none: STRICT,
  person: { idle: 24 * HOUR, total: 7 * 24 * HOUR },
} as const;

/**
 * Which limits hold: of somebody who owes a second factor, who gave one, who is nothing any more, or of whom no factor is
 * asked.
 */
export type Standing = keyof typeof LIMITS;

/** The longest of them: how long a browser keeps the cookie. */
export const COOKIE_SECONDS = LIMITS.person.total / 1000;

/** Whether a session is over at this moment. */
export function isOver(standing: Standing, session: { createdAt: Date; usedAt: Date }, now: Date): boolean {
  const { idle, total } = LIMITS[standing];
  const age = (since: Date) => now.getTime() - since.getTime();
  return age(session.usedAt) >= idle || age(session.createdAt) >= total;
}
