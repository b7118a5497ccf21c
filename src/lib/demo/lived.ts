import type { Presence } from '#lib/programme/attendance.ts';
import { HANDED_IN, MORE, PAIR_MORE, PAIR_USEFUL, USEFUL } from './lived-data.ts';
import { randomFor } from './random.ts';
import type { DemoCourse } from './types.ts';

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
export function livedBy(seed: number, key: string, isLast: boolean, course: DemoCourse): DemoAttendance {
  const random = randomFor(seed, 'lived', key);
  if (isLast && random.chance(1 / 6)) return { presence: null, answer: null };
  const presence = random.chance(PRESENT) ? 'present' : 'absent';
  if (isLast || presence === 'absent' || !random.chance(ANSWERS)) return { presence, answer: null };
  const value = Math.min(10, Math.max(3, Math.round(USUAL + random.around(1.2))));
  const word = (texts: readonly string[]) => (random.chance(WRITES) ? (random.shuffled(texts)[0] ?? '') : '');
  const [useful, more] = course === 'pairs' ? [PAIR_USEFUL, PAIR_MORE] : [USEFUL, MORE];
  return { presence, answer: { value, useful: word(useful), more: word(more) } };
}

/** What somebody handed in, so many days before its day (negative: after it), and what the trainer wrote about it. */
export type DemoHandIn = { text: string; daysBefore: number; feedback: string | null };

const HANDS_IN = 0.85;
const LATE = 0.12;
const GETS_FEEDBACK = 0.7;

/**
 * What an invented participant did with an assignment whose day is past; null: nothing yet.
 * @param key who and which assignment, so that each draws apart
 * @param isLatest the latest assignment of a cohort: its feedback is still to be written, but for the first (`isFirst`)
 */
export function handedInBy(
  seed: number,
  key: string,
  { isLatest, isFirst }: { isLatest: boolean; isFirst: boolean },
): DemoHandIn | null {
  const random = randomFor(seed, 'handed in', key);
  if (!isFirst && !random.chance(HANDS_IN)) return null;
  const [work = { text: '', feedback: '' }] = random.shuffled(HANDED_IN);
  const daysBefore = random.chance(LATE) ? -3 : Math.max(0, Math.round(3 + random.around(2)));
  const hasFeedback = isFirst || (!isLatest && random.chance(GETS_FEEDBACK));
  return { text: work.text, daysBefore, feedback: hasFeedback ? work.feedback : null };
}
