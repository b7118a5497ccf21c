import type { Rating } from '#lib/analysis/types.ts';
import { ROLES } from '#lib/instrument/types.ts';
import type { Outline, Role } from '#lib/instrument/types.ts';
import type { SnapshotInput, SubmittedResponse } from './snapshot.ts';

/** Every role can see every aspect: one competency of `aspects` aspects, `a1`, `a2` … */
export function outlineOf(aspects: number, competency = 'C1'): Outline {
  return { competencies: [{ code: competency, aspects: aspectsOf(aspects, ['director', 'ib', 'teacher']) }] };
}

/** Aspects `a1`, `a2` … that the named roles can see. */
export function aspectsOf(count: number, observableBy: readonly Role[]) {
  return Array.from({ length: count }, (_, index) => ({ code: `a${index + 1}`, observableBy }));
}

/** An answer in short: a score, `C` cannot judge, `U` cannot judge because unclear, `3u` a score and unclear, `M` none. */
export type ShortAnswer = number | 'C' | 'U' | 'M' | `${number}u`;

/** One rater's answers to `a1`, `a2` … */
export function answers(role: Role, rater: number, ...short: ShortAnswer[]): Rating[] {
  return short.flatMap((answer, index): Rating[] => {
    if (answer === 'M') return [];
    const base = { rater, role, aspect: `a${index + 1}` };
    if (answer === 'C' || answer === 'U') {
      return [{ ...base, status: 'cannot_judge', score: null, unclear: answer === 'U' }];
    }
    const score = typeof answer === 'number' ? answer : Number(answer.slice(0, -1));
    return [{ ...base, status: 'judged', score, unclear: typeof answer === 'string' }];
  });
}

/** Input of a snapshot with a submitted response for every rater in the ratings. */
export function roundOf(outline: Outline, ratings: Rating[], over: Partial<SnapshotInput> = {}): SnapshotInput {
  const raters = new Map<string, SubmittedResponse>();
  for (const { rater, role } of ratings) raters.set(`${role} ${rater}`, { rater, role, consent: true });
  return {
    mode: 'protected',
    instrument: { key: 'list', version: '1.0.0' },
    outline,
    roles: new Set(ROLES),
    ratings,
    raters: [...raters.values()],
    invited: { director: 1, ib: 1, teacher: 5 },
    flags: new Map(),
    remarks: [],
    shuffle: (items) => [...items],
    ...over,
  };
}
