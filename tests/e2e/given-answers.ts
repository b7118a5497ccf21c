import type { Role } from '#lib/instrument/types.ts';

/** What one rater says about one aspect in the main journey; null leaves the aspect open. */
export type Given = {
  choice: '1' | '2' | '3' | '4' | '5' | 'C' | null;
  reason?: 'not_seen' | 'unclear';
  unclear?: true;
  comment?: string;
};

/** The five people at the school, in the order of the trainer's lists. */
export type RaterKey = 'director' | 'ib' | 'teacher1' | 'teacher2' | 'teacher3';

const score = (value: 1 | 2 | 3 | 4 | 5, more: Omit<Given, 'choice'> = {}): Given => ({
  choice: `${value}`,
  ...more,
});
const notSeen: Given = { choice: 'C', reason: 'not_seen' };
const notClear: Given = { choice: 'C', reason: 'unclear' };
const OPEN: Given = { choice: null };

/** Aspects outside the sight of a role in the shipped list: everybody says so there. */
const UNSEEN: Record<Role, RegExp> = {
  director: /^(C1\.1[67]|C2\.03|C3\.(?!15|17|20|21)..|C4\.(?!01|03|04|26)..)$/,
  ib: /^never$/,
  teacher: /^(C2\.19|C4\.04)$/,
};

/** Everything that is not the usual 4 (and, for the IB'er, 5 in the whole of C2). */
const SPECIAL: Record<RaterKey, Record<string, Given>> = {
  director: {
    'C1.01': score(5),
    'C1.02': score(2, { comment: 'Vooral in het teamoverleg.' }),
    'C1.03': score(3),
    'C1.05': score(3),
    'C1.08': notClear,
    'C1.09': notSeen,
    'C1.24': score(5),
  },
  ib: {
    'C1.01': score(5),
    'C1.02': score(5),
    'C1.03': score(5),
    'C1.04': score(2),
    'C1.05': score(3),
    'C1.10': OPEN,
  },
  teacher1: {
    'C1.01': score(5, { comment: 'Ze groet iedereen bij naam.' }),
    'C1.03': score(3),
    'C1.05': score(3),
    'C2.01': score(4, { comment: 'Alleen hier schreef ik iets.' }),
  },
  teacher2: {
    'C1.01': score(5, { comment: 'Je voelt je meteen welkom.' }),
    'C1.03': score(3),
    'C1.05': score(2),
    'C1.07': notSeen,
  },
  teacher3: {
    'C1.01': score(5, { comment: 'Warm en rustig.' }),
    'C1.03': score(3),
    'C1.05': score(3),
    'C1.06': score(4, { unclear: true }),
    'C1.07': notSeen,
  },
};

/** What this rater says about this aspect. */
export function givenBy(rater: RaterKey, code: string): Given {
  const special = SPECIAL[rater][code];
  if (special) return special;
  const role = rater === 'director' || rater === 'ib' ? rater : 'teacher';
  if (UNSEEN[role].test(code)) return notSeen;
  return score(rater === 'ib' && code.startsWith('C2.') ? 5 : 4);
}
