import type { Role } from '#lib/instrument/types.ts';

/** Of one role at one school: forms that are asked for, begun (submitted ones too) and submitted. */
export type RoleCount = { asked: number; begun: number; submitted: number };

export type FormCounts = {
  forms: Record<Role, RoleCount>;
  /** People whose form is not submitted and who have no address. */
  unreachable: number;
  /** People to whom a mail of this round failed. */
  failed: number;
};

/** One form that is asked for; `begun` and `submitted` null as long as it is not. */
type Form = {
  role: Role;
  begun: string | null;
  submitted: string | null;
  hasAddress: 0 | 1;
  isMailFailed: 0 | 1;
};

export function countForms(forms: readonly Form[]): FormCounts {
  const counts: FormCounts = { forms: noneAsked(), unreachable: 0, failed: 0 };
  for (const { role, begun, submitted, hasAddress, isMailFailed } of forms) {
    const count = counts.forms[role];
    count.asked += 1;
    if (begun !== null) count.begun += 1;
    if (submitted !== null) count.submitted += 1;
    else if (hasAddress === 0) counts.unreachable += 1;
    counts.failed += isMailFailed;
  }
  return counts;
}

function noneAsked(): Record<Role, RoleCount> {
  const none = () => ({ asked: 0, begun: 0, submitted: 0 });
  return { director: none(), ib: none(), teacher: none() };
}
