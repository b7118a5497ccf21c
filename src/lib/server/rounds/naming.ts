import type { Round } from './queries.ts';

type Named = Pick<Round, 'name' | 'number' | 'isPulse'>;

/** The number of a cohort's next round: rounds of both kinds are ordered by it (rules.md, Who, what, when). */
export function nextNumber(rounds: readonly Named[]): number {
  return Math.max(-1, ...rounds.map((round) => round.number)) + 1;
}

/**
 * The usual name of a cohort's next whole round: T0, the baseline, then T1 and so on. Pulse rounds between them do not
 * count, and a name that the plan skips is passed over, so that the T of a programme's years stays what it says.
 * @param skipped the names of rounds that the plan has and skips
 */
export function nextName(rounds: readonly Named[], skipped: readonly string[] = []): string {
  const whole = rounds.filter(({ isPulse }) => !isPulse);
  let number = Math.max(whole.length, highest(whole, /^T(\d+)$/) + 1);
  while (skipped.includes(`T${number}`)) number += 1;
  return `T${number}`;
}

/** The usual name of a cohort's next pulse round ("korte meting"): K1, then K2 and so on. */
export function nextPulseName(rounds: readonly Named[]): string {
  const pulses = rounds.filter(({ isPulse }) => isPulse);
  return `K${Math.max(pulses.length, highest(pulses, /^K(\d+)$/)) + 1}`;
}

/** A name that a whole round would have, such as T9: under it a pulse would pass for one of the years. */
export function isWholeName(name: string): boolean {
  return /^T\s*\d+$/i.test(name.trim());
}

/** −1 where no name is of this kind. */
function highest(rounds: readonly Named[], pattern: RegExp): number {
  return Math.max(-1, ...rounds.map(({ name }) => Number(pattern.exec(name)?.[1] ?? -1)));
}

/** The round that a pulse comes after: the last whole one that has opened; undefined when there is none yet. */
export function lastWhole<R extends Named & Pick<Round, 'status'>>(rounds: readonly R[]): R | undefined {
  return rounds.filter(({ isPulse, status }) => !isPulse && status !== 'planned').at(-1);
}
