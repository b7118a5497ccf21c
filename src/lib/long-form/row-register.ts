import type { FaultList, Position } from '#lib/instrument/faults.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { LongFormColumn, LongFormRow } from './columns.ts';

/** One rater's form about one person in one round: its role, and the row of each aspect. */
type Form = { first: LongFormRow; otherRoles: Set<Role>; rows: Map<string, LongFormRow> };

/**
 * Remembers the rows of a file and finds those that cannot stand beside an earlier one. A rater has one role per person
 * rated and round (rules.md, Who, what, when), and one answer to an aspect.
 */
export class RowRegister {
  private readonly forms = new Map<string, Form>();
  private readonly locate: (row: LongFormRow, column: LongFormColumn) => Position;
  private readonly faults: FaultList;

  constructor(locate: (row: LongFormRow, column: LongFormColumn) => Position, faults: FaultList) {
    this.locate = locate;
    this.faults = faults;
  }

  /** True if the row is new; else a fault that names the earlier row's line. */
  add(row: LongFormRow): boolean {
    const form = this.formOf(row);
    if (row.role !== form.first.role) {
      // Once a form and role: the other rows of this form would say the same.
      if (!form.otherRoles.has(row.role)) {
        const { rater, role, line } = form.first;
        this.faults.add('rater_two_roles', () => this.locate(row, 'role'), { rater, role, first: line });
      }
      form.otherRoles.add(row.role);
      return false;
    }
    const earlier = form.rows.get(row.aspect);
    if (earlier === undefined) {
      form.rows.set(row.aspect, row);
      return true;
    }
    const code = sameAnswer(earlier, row) ? 'row_repeated' : 'row_differs';
    this.faults.add(code, () => this.locate(row, 'aspect'), { first: earlier.line });
    return false;
  }

  private formOf(row: LongFormRow): Form {
    const key = JSON.stringify([row.cohort, row.school, row.round, row.ratee, row.rater]);
    const known = this.forms.get(key);
    if (known !== undefined) return known;
    const form: Form = { first: row, otherRoles: new Set(), rows: new Map() };
    this.forms.set(key, form);
    return form;
  }
}

function sameAnswer(a: LongFormRow, b: LongFormRow): boolean {
  return a.status === b.status && a.score === b.score && a.unclear === b.unclear && a.comment === b.comment;
}
