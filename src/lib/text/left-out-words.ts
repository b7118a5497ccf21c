import { LIMITS } from '#lib/disclosure/limits.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatList, type Locale } from './numbers.ts';

/** Reports of `all` that are not in a trainer's picture: not released yet, or about the trainer. */
export type LeftOut = { waiting: number; own: number; all: number };

/** Which schools a picture leaves out, and why; empty where it leaves out none. */
export function leftOutText(leftOut: LeftOut | null, locale: Locale): string {
  if (leftOut === null) return '';
  const { waiting, own, all } = leftOut;
  const at = { locale };
  return [waiting > 0 ? m.left_out_waiting({ count: waiting, all }, at) : '', own > 0 ? m.left_out_own({}, at) : '']
    .filter(Boolean)
    .join(' ');
}

/** Why there is no picture yet where too few reports are left, and whom to ask. */
export function leftOutFewText({ waiting, own, all }: LeftOut, locale: Locale): string {
  const at = { locale };
  const numbers = { read: all - waiting, all, needed: LIMITS.minSchools };
  return [
    m.left_out_few(numbers, at),
    own > 0 ? m.left_out_few_own({ read: all - waiting - own, all }, at) : '',
    waiting > 0 ? m.left_out_few_ask({}, at) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Over how many reports a cohort's figures are, round by round, where they leave out some; empty where they leave out none. */
export function leftOutOfRoundsText(
  rounds: readonly { name: string; leftOut: LeftOut | null }[],
  locale: Locale,
): string {
  const at = { locale };
  const parts = rounds.flatMap(({ name, leftOut }) => (leftOut ? [{ name, ...leftOut }] : []));
  if (parts.length === 0) return '';
  const said = parts.map(({ name, waiting, own, all }) =>
    m.left_out_round({ round: name, read: all - waiting - own, all }, at),
  );
  return [
    m.left_out_rounds({ rounds: formatList(said, locale) }, at),
    parts.some(({ waiting }) => waiting > 0) ? m.left_out_rounds_waiting({}, at) : '',
    parts.some(({ own }) => own > 0) ? m.left_out_rounds_own({}, at) : '',
    m.left_out_rounds_whole({}, at),
  ]
    .filter(Boolean)
    .join(' ');
}
