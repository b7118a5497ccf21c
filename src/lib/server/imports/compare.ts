import { LIMITS } from '#lib/disclosure/limits.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import { enoughTeachers, mayRecompute } from '#lib/disclosure/teacher-count.ts';
import type { FaultList } from '#lib/instrument/faults.ts';
import type { Db } from '#lib/server/db/open.ts';
import { addDifferences } from './answers.ts';
import type { FileForm, FileUnit } from './forms.ts';
import type { LongForm } from '#lib/long-form/read.ts';
import { personKey } from './people.ts';
import * as queries from './queries.ts';

/** What an import knows while it compares: the file, the list and everybody's id by key. */
type Comparison = {
  file: LongForm;
  mode: Mode;
  aspectIds: ReadonlyMap<string, number>;
  personIds: ReadonlyMap<string, string>;
  faults: FaultList;
};

/** A unit of the file beside the database: `stored` is the same school round there, `fresh` its forms that are new. */
export type ComparedUnit = { unit: FileUnit; stored: queries.StoredUnit | null; fresh: FileForm[] };

/** Sorts new forms from known ones, and adds faults for what may not stand beside what is there. */
export async function compareUnit(
  db: Db,
  unit: FileUnit,
  inCohort: readonly queries.StoredUnit[],
  comparison: Comparison,
): Promise<ComparedUnit> {
  const { file, faults, personIds, mode } = comparison;
  const inRound = inCohort.filter(({ roundId }) => roundId === unit.place.round.id);
  const stored = inRound.find(({ rateeId }) => rateeId === personIds.get(unit.ratee.key)) ?? null;
  const [first] = unit.forms;
  if (first && stored && stored.mode !== mode) {
    faults.add('round_other_mode', () => file.locate(first.first, 'school'), { mode: stored.mode });
    return { unit, stored, fresh: [] };
  }
  if (!stored) addOtherRatee(unit, inRound, comparison);
  const fresh = stored ? await compareForms(db, unit, stored, comparison) : unit.forms;
  if (stored) await addTooFewNewTeachers(db, fresh, stored, comparison);
  if (inRound.some(({ wasReleased }) => wasReleased)) {
    for (const { first: row, rater } of fresh) faults.add('round_released', () => file.locate(row, 'rater'), { rater });
  }
  return { unit, stored, fresh };
}

/** Without a word in the column ratee a second IB'er at a school is a mistake more often than meant. */
function addOtherRatee(unit: FileUnit, inRound: readonly queries.StoredUnit[], { file, faults }: Comparison): void {
  const other = inRound.find(({ schoolId }) => schoolId === unit.place.schoolId);
  if (!other) return;
  for (const { first } of unit.forms) {
    if (first.ratee !== null) continue;
    faults.add('ratee_differs', () => file.locate(first, 'rater'), { ratee: other.rateeName ?? '?' });
  }
}

/**
 * The figures that a protected teachers' view had before the import may be known: with one or two teachers more, the
 * difference would be their answers (measurement.md §9.4).
 */
async function addTooFewNewTeachers(
  db: Db,
  fresh: readonly FileForm[],
  stored: queries.StoredUnit,
  { mode, file, faults }: Comparison,
): Promise<void> {
  const [first, ...others] = fresh.filter(({ role }) => role === 'teacher');
  if (!first) return;
  const known = (await queries.listForms(db, stored.schoolRoundId)).filter(({ role }) => role === 'teacher').length;
  if (mode === 'open' || !enoughTeachers(known, mode) || mayRecompute(known, known + 1 + others.length)) return;
  faults.add('teachers_too_few_new', () => file.locate(first.first, 'rater'), { known, needed: LIMITS.minNewTeachers });
}

async function compareForms(
  db: Db,
  unit: FileUnit,
  stored: queries.StoredUnit,
  { file, faults, personIds, aspectIds }: Comparison,
): Promise<FileForm[]> {
  const known = await queries.listForms(db, stored.schoolRoundId);
  const answers = Map.groupBy(await queries.listAnswers(db, stored.schoolRoundId), ({ responseId }) => responseId);
  return unit.forms.filter((form) => {
    const personId = personIds.get(personKey(unit, form));
    const same = known.find((candidate) => candidate.role === form.role && candidate.personId === personId);
    if (same) {
      addDifferences(form, answers.get(same.responseId) ?? [], aspectIds, file, faults);
      return false;
    }
    const holder = form.role === 'director' ? known.find(({ role }) => role === 'director') : undefined;
    if (holder) {
      const params = { role: form.role, rater: holder.personName ?? '?' };
      faults.add('role_taken', () => file.locate(form.first, 'rater'), params);
    }
    return true;
  });
}
