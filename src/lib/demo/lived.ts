import type { Presence } from '#lib/programme/attendance.ts';
import { MORE, USEFUL } from './lived-data.ts';
import { randomFor } from './random.ts';

/** An answer to how useful a session was; both texts may be empty. */
export type DemoUsefulness = { value: number; useful: string; more: string };

/** How a session went for somebody: not filled in (null) where nobody has come to it. */
export type DemoAttendance = { presence: Presence | null; answer: DemoUsefulness | null };

const PRESENT = 0.92;
const ANSWERS = 0.8;
const WRITES = 0.55;
const USUAL = 7.6;

/**
 * How an invented participant lived a session that is over: whether there, and what the usefulness question got back.
 * @param key who and which session, so that each draws apart
 * @param isLast the latest session of a cohort: there one in six is still to be filled in, and nobody was asked yet
 */
export function livedBy(seed: number, key: string, isLast: boolean): DemoAttendance {
  const random = randomFor(seed, 'lived', key);
  if (isLast && random.chance(1 / 6)) return { presence: null, answer: null };
  const presence = random.chance(PRESENT) ? 'present' : 'absent';
  if (isLast || presence === 'absent' || !random.chance(ANSWERS)) return { presence, answer: null };
  const value = Math.min(10, Math.max(3, Math.round(USUAL + random.around(1.2))));
  const word = (texts: readonly string[]) => (random.chance(WRITES) ? (random.shuffled(texts)[0] ?? '') : '');
  return { presence, answer: { value, useful: word(USEFUL), more: word(MORE) } };
}
