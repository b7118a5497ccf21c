import { TooManyAttempts } from './guesses-service.ts';

/** So many at once, and so many a second after that. */
type Pace = { atOnce: number; perSecond: number };

/**
 * How fast somebody may go on with what costs the server work, counted in memory by each process: by session or account,
 * and by a client's address failures only (rules.md, Links and mail). Far above what anybody does by hand; what could be
 * guessed is counted in the database (guesses-service.ts).
 */
export const PACES = {
  /** Requests of one form: a device that was offline for a day sends each of 93 answers at once. */
  form: { atOnce: 1000, perSecond: 100 },
  /** Personal and set-up links that do not exist, by the client's address. Their 256 bits cannot be guessed. */
  unknownLink: { atOnce: 300, perSecond: 300 / 900 },
  /** A calendar at one secret address, whose programs come every minute, some of them several at once. */
  calendar: { atOnce: 60, perSecond: 1 / 5 },
  /** Files of reports, by account: a cohort of forty schools three times over. */
  file: { atOnce: 120, perSecond: 1 },
  /** What is handed in for an assignment, by account: somebody who looks for a file that is small enough. */
  handIn: { atOnce: 20, perSecond: 1 / 15 },
  /** Lists of teams that are looked at or added, by account: somebody who mends one line at a time. */
  list: { atOnce: 60, perSecond: 1 / 10 },
} as const satisfies Record<string, Pace>;

/** Subjects that are remembered, of all kinds together; the one that was quiet for longest is forgotten first. */
const MOST_REMEMBERED = 10_000;

const left = new Map<string, { count: number; at: number }>();

/**
 * Counts one more.
 * @param now milliseconds since some moment, never going back
 * @throws TooManyAttempts
 */
export function keepPace(kind: keyof typeof PACES, subject: string, now = performance.now()): void {
  const { atOnce, perSecond } = PACES[kind];
  const key = `${kind}:${subject}`;
  const before = left.get(key);
  const count = before ? Math.min(atOnce, before.count + ((now - before.at) / 1000) * perSecond) : atOnce;
  if (count < 1) throw new TooManyAttempts(new Date(Date.now() + ((1 - count) / perSecond) * 1000));
  left.delete(key);
  left.set(key, { count: count - 1, at: now });
  if (left.size > MOST_REMEMBERED) for (const [oldest] of left) return void left.delete(oldest);
}

/**
 * Does it once it is counted.
 * @throws TooManyAttempts; what the work throws
 */
export function atPace<T>(kind: keyof typeof PACES, subject: string, work: () => Promise<T>): Promise<T> {
  return Promise.resolve().then(() => {
    keepPace(kind, subject);
    return work();
  });
}
