import { lookBackOf } from '#lib/analysis/look-back.ts';
import type { LookBack, LookBackAnswers } from '#lib/analysis/look-back.ts';

/** The IB'er's own scale questions (0–10) with what changed, a row a competency; `since` names the round of the start. */
export type OwnLookBack = { since: string; rows: (LookBackAnswers & LookBack & { competency: string })[] };

/** One answer of the IB'er to a scale question. */
export type OwnScale = {
  round: string;
  roundNumber: number;
  competency: string;
  moment: 'now' | 'then';
  value: number | null;
};

/**
 * The look-back triple of each competency that was looked back on in this round (measurement.md §7). The start is the
 * IB'er's first round. Null when this is that round, or when nothing was answered.
 */
export function ownLookBack(
  scales: readonly OwnScale[],
  roundNumber: number,
  competencies: readonly { code: string }[],
): OwnLookBack | null {
  const first = scales.toSorted((a, b) => a.roundNumber - b.roundNumber)[0];
  if (!first || first.roundNumber >= roundNumber) return null;
  const valueOf = (round: number, moment: OwnScale['moment'], competency: string) =>
    scales.find((one) => one.roundNumber === round && one.moment === moment && one.competency === competency)?.value ??
    null;
  const rows = competencies.flatMap(({ code: competency }) => {
    const answers = {
      start: valueOf(first.roundNumber, 'now', competency),
      now: valueOf(roundNumber, 'now', competency),
      then: valueOf(roundNumber, 'then', competency),
    };
    const given = Object.values(answers).filter((value) => value !== null);
    return given.length < 2 ? [] : [{ competency, ...answers, ...lookBackOf(answers) }];
  });
  return rows.length === 0 ? null : { since: first.round, rows };
}
