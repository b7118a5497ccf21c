import { describe, expect, it } from 'vitest';
import type { ClarityFlag } from '#lib/analysis/clarity.ts';
import type { Mode } from '#lib/disclosure/mode.ts';
import type { Role } from '#lib/instrument/types.ts';
import { cohortFigures, roundClarity } from './cohort-figures.ts';
import { schoolFigures } from './figures.ts';
import type { Gone } from './round-figures.ts';
import { roundSums } from './round-sums.ts';
import { answers, outlineOf, roundOf } from './school-round-fixture.ts';
import { takeSnapshot, tallySubmitted } from './snapshot.ts';

const outline = outlineOf(6);

/** A school whose teachers all score the same; three teachers unless told otherwise. */
function unit(
  index: number,
  over: { school?: string; ratee?: string; director?: string; teachers?: number; mode?: Mode } = {},
) {
  const score = 2 + (index % 3);
  const form = [score, score, score, score, score, score];
  const teachers = Array.from({ length: over.teachers ?? 3 }, (_, rater) => answers('teacher', 10 + rater, ...form));
  const ratings = [...answers('director', 1, ...form), ...answers('ib', 2, 4, 4, 4, 4, 4, 'C'), ...teachers.flat()];
  const input = roundOf(outline, ratings, { mode: over.mode ?? 'protected' });
  const snapshot = takeSnapshot(input);
  return {
    schoolRoundId: `round of ${index}`,
    school: over.school ?? `school ${index}`,
    ratee: over.ratee ?? `ib ${index}`,
    director: over.director ?? `director ${index}`,
    figures: schoolFigures(snapshot, outline),
    tallies: tallySubmitted(input),
  };
}

type Unit = ReturnType<typeof unit>;
const NOTHING_GONE: Gone = new Map();
const stored = (units: Unit[], gone = NOTHING_GONE) => ({
  sums: roundSums(units),
  clarity: roundClarity(units, outline),
  gone,
  outline,
});
const figuresOf = (units: Unit[], seesSchools = false, gone = NOTHING_GONE) =>
  cohortFigures(stored(units, gone), { seesSchools, operator: false });
const view = (units: Unit[], name: 'director' | 'ib' | 'teacher') =>
  figuresOf(units).views.find((one) => one.view === name);
const many = (count: number, over?: (index: number) => Parameters<typeof unit>[1]) =>
  Array.from({ length: count }, (_, index) => unit(index, over?.(index)));

describe('clarity of a cohort', () => {
  const clarityOf = (units: Unit[]) => figuresOf(units).clarity[0];

  it('needs five different IB’ers, so that it is nobody’s own answers', () => {
    expect(clarityOf(many(6))?.class).not.toBe('insufficient');
    expect(clarityOf(many(6, () => ({ ratee: 'ib 0' })))).toMatchObject({
      class: 'insufficient',
      flags: [],
      C_ib: null,
    });
  });

  it('needs five different directors to say what directors cannot see, eight to compare with them', () => {
    const oneDirector = clarityOf(many(9, () => ({ director: 'director 0' })));
    expect(oneDirector).toMatchObject({ C_director: null, C_ib: 0 });
    expect(oneDirector?.reasons.C_director).toBe('too_few_schools');
  });

  it('says nothing of N, not even by its flag, where N is withheld', () => {
    const units = many(9, (index) => (index === 0 ? { teachers: 2 } : {}));
    const { clarity, ...rest } = stored(units);
    const noisy = { ...clarity, rows: clarity.rows.map((row) => ({ ...row, N: 0.6, flags: ['N' as const] })) };
    const of = (seesSchools: boolean) =>
      cohortFigures({ ...rest, clarity: noisy }, { seesSchools, operator: false }).clarity[0];
    expect(of(false)).toMatchObject({ N: 0.6, flags: ['N'] });
    expect(of(true)).toMatchObject({ N: null, K: null, flags: [], class: 'clear' });
  });
});

describe('the flags of a cohort', () => {
  const seenBy = (...observableBy: Role[]) => ({
    competencies: outline.competencies.map(({ code, aspects }) => ({
      ...{ code, aspects: aspects.map((aspect) => ({ ...aspect, observableBy })) },
    })),
  });
  const flagged = (asked: typeof outline) => {
    const { clarity, ...rest } = stored(many(9));
    const rows = clarity.rows.map((row) => ({
      ...{ ...row, class: 'attention' as const, flags: ['C_director', 'C_teacher'] satisfies ClarityFlag[] },
    }));
    const from = { ...rest, clarity: { ...clarity, rows }, outline: asked };
    return cohortFigures(from, { seesSchools: false, operator: true }).clarity[0];
  };

  it('say “not visible” of a role that normally sees the aspect only, whoever reads them', () => {
    expect(flagged(seenBy('director', 'ib', 'teacher'))?.flags).toEqual(['C_director', 'C_teacher']);
    expect(flagged(seenBy('ib', 'teacher'))).toMatchObject({ flags: ['C_teacher'], class: 'attention' });
    expect(flagged(seenBy('ib'))).toMatchObject({ flags: [], class: 'clear' });
  });
});

describe('means of a cohort', () => {
  it('need five schools', () => {
    expect(view(many(4), 'director')).toEqual({
      view: 'director',
      competency: 'C1',
      mean: null,
      n: 4,
      reason: 'too_few_schools',
    });
    expect(view(many(5), 'director')).toMatchObject({ mean: (2 + 3 + 4 + 2 + 3) / 5, n: 5 });
  });

  it('are over shown scores only: a withheld view is not inside', () => {
    const units = many(7, (index) => (index === 6 ? { teachers: 2 } : {}));
    expect(view(units, 'teacher')).toMatchObject({ mean: 3, n: 6 });
    expect(view(units, 'director')?.n).toBe(7);
  });

  it('need five different schools, and five directors for the director’s view', () => {
    const sameSchool = many(6, (index) => (index > 2 ? { school: 'school 0' } : {}));
    expect(view(sameSchool, 'ib')?.reason).toBe('too_few_schools');
    expect(figuresOf(sameSchool).schools).toBe(3);
    const sameDirector = many(6, (index) => (index > 2 ? { director: 'director 0' } : {}));
    expect(view(sameDirector, 'director')?.reason).toBe('too_few_schools');
    expect(view(sameDirector, 'ib')?.mean).not.toBeNull();
  });
});

describe('clarity of a cohort', () => {
  it('is null with a reason below five schools, and N below eight', () => {
    const [few] = figuresOf(many(4)).clarity;
    expect(few).toMatchObject({ U: null, K: null, class: 'insufficient', cells: 12, schools: 4 });
    expect(few?.reasons).toMatchObject({ U: 'too_few_schools', C_ib: 'too_few_schools', K: 'too_few_schools' });
    const [seven] = figuresOf(many(7)).clarity;
    expect(seven).toMatchObject({ U: 0, N: null, reasons: { N: 'too_few_schools', K: 'too_few_schools' } });
    expect(figuresOf(many(8)).clarity[0]).toMatchObject({ reasons: {} });
  });

  it('is over all answers, also of schools whose teachers are withheld', () => {
    const units = many(8, (index) => (index < 3 ? { teachers: 2 } : {}));
    expect(figuresOf(units).clarity[0]).toMatchObject({ cells: 24 });
    expect(figuresOf(units).clarity[0]?.N).toBe(figuresOf(many(8)).clarity[0]?.N);
  });

  it('keeps N from a viewer of single schools while one or two withheld schools are inside', () => {
    const hidden = (count: number) => many(9, (index) => (index < count ? { teachers: 1 } : {}));
    const row = (count: number, seesSchools: boolean) => figuresOf(hidden(count), seesSchools).clarity[0];
    for (const count of [1, 2]) {
      expect(row(count, true)).toMatchObject({ N: null, K: null, reasons: { N: 'hidden_cells', K: 'hidden_cells' } });
      expect(row(count, true)?.U).toBe(0);
      expect(row(count, false)?.N).not.toBeNull();
    }
    expect(row(0, true)?.N).not.toBeNull();
    expect(row(3, true)?.N).not.toBeNull();
  });

  it('keeps N also when consent was withdrawn after closing', () => {
    const units = many(9, () => ({ mode: 'open', teachers: 1 }));
    const gone: Gone = new Map([['round of 0', new Map([['teacher', 'teacher of 0']])]]);
    expect(figuresOf(units, true).clarity[0]?.N).not.toBeNull();
    expect(figuresOf(units, true, gone).clarity[0]).toMatchObject({ N: null, reasons: { N: 'hidden_cells' } });
  });
});

describe('what went from a closed round since', () => {
  const gone = (view: 'director' | 'teacher', count: number): Gone =>
    new Map(
      Array.from({ length: count }, (_, index) => [`round of ${index}`, new Map([[view, `${view} of ${index}`]])]),
    );
  const teachers = (units: Unit[], seesSchools: boolean, from: Gone) =>
    figuresOf(units, seesSchools, from).views.find((one) => one.view === 'teacher');

  it('stays in the sums, which are kept from whoever could subtract the schools that are shown', () => {
    const units = many(9);
    const before = teachers(units, false, NOTHING_GONE);
    expect(teachers(units, false, gone('teacher', 1))).toEqual(before);
    for (const count of [1, 2]) {
      expect(teachers(units, true, gone('teacher', count))).toMatchObject({ mean: null, n: 9, reason: 'hidden_cells' });
    }
    expect(teachers(units, true, gone('teacher', 3))).toEqual(before);
  });

  it('is kept from the operator too, who reads every school', () => {
    const at = { seesSchools: false, operator: true };
    const { views, clarity } = cohortFigures(stored(many(9), gone('director', 1)), at);
    expect(views.find((one) => one.view === 'director')?.reason).toBe('hidden_cells');
    expect(views.find((one) => one.view === 'ib')?.reason).toBeUndefined();
    expect(clarity[0]?.reasons).toEqual({ N: 'hidden_cells', K: 'hidden_cells' });
  });

  it('is of one person at three schools as it is of one: the rest would be what that person gave', () => {
    const at = { seesSchools: false, operator: true };
    const rounds = ['round of 0', 'round of 1', 'round of 2'];
    const by = (people: (string | null)[]): Gone =>
      new Map(rounds.map((round, index) => [round, new Map([['ib', people[index] ?? null]])]));
    const ib = (went: Gone) => cohortFigures(stored(many(9), went), at).views.find((one) => one.view === 'ib');
    expect(ib(by(['a', 'a', 'a']))).toMatchObject({ mean: null, reason: 'hidden_cells' });
    expect(ib(by([null, null, null]))).toMatchObject({ mean: null, reason: 'hidden_cells' });
    expect(ib(by(['a', 'b', 'c']))?.reason).toBeUndefined();
    const clarity = (went: Gone) => cohortFigures(stored(many(9), went), at).clarity[0]?.N;
    expect(clarity(by(['a', 'a', 'a']))).toBeNull();
    expect(clarity(by(['a', 'b', 'c']))).not.toBeNull();
  });

  it('leaves the operator N where teachers were withheld from the start: their scores are in the export', () => {
    const units = many(9, (index) => (index === 0 ? { teachers: 2 } : {}));
    const { clarity } = cohortFigures(stored(units), { seesSchools: false, operator: true });
    expect(clarity[0]?.N).not.toBeNull();
  });
});
