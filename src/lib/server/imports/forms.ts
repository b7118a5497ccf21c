import type { FaultList } from '#lib/instrument/faults.ts';
import { ROLES, type Role } from '#lib/instrument/types.ts';
import type { LongFormRow } from '#lib/long-form/columns.ts';
import type { LongForm } from '#lib/long-form/read.ts';
import type { Place, Places } from './places.ts';
import { SchoolRatees, type Ratee, type SchoolRound } from './ratees.ts';

/** One rater's answers about one IB'er in one round, by aspect code. */
export type FileForm = { role: Role; rater: string; first: LongFormRow; rows: Map<string, LongFormRow> };

/** One IB'er in one round of one school, as the file has it. */
export type FileUnit = { place: Place; ratee: Ratee; forms: FileForm[] };

/** Who was rated at a school in a round according to the database. */
export type StoredRatee = Ratee & { schoolId: string; roundNumber: number };

type PlacedRows = { place: Place; rows: LongFormRow[] };

/** Sorts the rows of a file into forms; what has no place or no clear subject becomes a fault. */
export async function formsOf(
  file: LongForm,
  places: Places,
  storedRatees: (cohortId: string) => Promise<readonly StoredRatee[]>,
  faults: FaultList,
): Promise<FileUnit[]> {
  const schools = Map.groupBy(await placedRows(file, places), ({ place }) => `${place.cohortId} ${place.schoolId}`);
  const units: FileUnit[] = [];
  for (const placed of schools.values()) {
    const [first] = placed;
    if (!first) continue;
    const { cohortId, schoolId } = first.place;
    const stored = (await storedRatees(cohortId)).filter((ratee) => ratee.schoolId === schoolId);
    units.push(...unitsOf(placed, stored, file, faults));
  }
  return units;
}

async function placedRows(file: LongForm, places: Places): Promise<PlacedRows[]> {
  const placed = new Map<string, PlacedRows>();
  const byName = Map.groupBy(file.rows, (row) => `${row.cohort}\0${row.school}\0${row.round}`);
  for (const rows of byName.values()) {
    const [first] = rows;
    const place = first ? await places.of(first) : null;
    if (!place) continue;
    // Two spellings may be one school: 12AB is 12AB00.
    const id = `${place.schoolId} ${place.round.id}`;
    const known = placed.get(id);
    if (known) known.rows = [...known.rows, ...rows];
    else placed.set(id, { place, rows });
  }
  return [...placed.values()];
}

function unitsOf(
  placed: readonly PlacedRows[],
  stored: readonly StoredRatee[],
  file: LongForm,
  faults: FaultList,
): FileUnit[] {
  const rounds = new Map<number, SchoolRound>();
  const at = (number: number) => stored.filter(({ roundNumber }) => roundNumber === number);
  for (const { roundNumber } of stored) {
    rounds.set(roundNumber, { number: roundNumber, rows: [], stored: at(roundNumber) });
  }
  for (const { place, rows } of placed) {
    const { number } = place.round;
    rounds.set(number, { number, rows, stored: at(number) });
  }
  const [first] = placed;
  const ids = [first?.place.cohortId, first?.place.schoolId];
  const ratees = new SchoolRatees([...rounds.values()], (id) => JSON.stringify(['ib', ...ids, ...(id ? [id] : [])]));
  return placed.flatMap(({ place, rows }) => {
    const round = rounds.get(place.round.number);
    const units = new Map<string, UnitForms>();
    for (const row of rows) {
      const ratee = round ? ratees.of(round, row) : null;
      if (!ratee) {
        faults.add('ratee_ambiguous', () => file.locate(row, 'rater'));
        continue;
      }
      const unit = units.get(ratee.key) ?? new UnitForms(place, ratee, file, faults);
      units.set(ratee.key, unit);
      unit.add(row);
    }
    return [...units.values()].map((unit) => unit.done());
  });
}

/** Gathers the forms about one IB'er in one round: one director, one IB'er, any number of teachers. */
class UnitForms {
  private readonly place: Place;
  private readonly ratee: Ratee;
  private readonly file: LongForm;
  private readonly faults: FaultList;
  private readonly forms = new Map<string, FileForm>();
  private readonly refused = new Set<string>();

  constructor(place: Place, ratee: Ratee, file: LongForm, faults: FaultList) {
    this.place = place;
    this.ratee = ratee;
    this.file = file;
    this.faults = faults;
  }

  add(row: LongFormRow): void {
    const { role, rater } = row;
    const id = role === 'teacher' ? `teacher ${rater}` : role;
    const form = this.forms.get(id);
    if (!form) {
      this.forms.set(id, { role, rater, first: row, rows: new Map([[row.aspect, row]]) });
    } else if (form.rater !== rater) {
      this.refuseSecond(row, form);
    } else {
      const earlier = form.rows.get(row.aspect);
      const at = () => this.file.locate(row, 'aspect');
      if (earlier) this.faults.add('row_repeated', at, { first: earlier.line });
      else form.rows.set(row.aspect, row);
    }
  }

  done(): FileUnit {
    const order = (form: FileForm) => ROLES.indexOf(form.role);
    const forms = [...this.forms.values()].sort((a, b) => order(a) - order(b));
    return { place: this.place, ratee: this.ratee, forms };
  }

  /** Once a form: its other rows would say the same. */
  private refuseSecond(row: LongFormRow, { role, rater }: FileForm): void {
    const id = `${row.role} ${row.rater}`;
    if (!this.refused.has(id)) this.faults.add('role_taken', () => this.file.locate(row, 'rater'), { role, rater });
    this.refused.add(id);
  }
}
