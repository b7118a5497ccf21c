import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Rating, View } from '#lib/analysis/types.ts';
import type { Outline, Role } from '#lib/instrument/types.ts';

/** The reference vectors of the measurement design, stored compressed in tests/fixtures/vectors. */
const FOLDER = new URL('../fixtures/vectors/', import.meta.url);

export type Row = Readonly<Record<string, string>>;

/** Text of a vector file, by its path without `.gz`. */
export function vectorText(path: string): string {
  return gunzipSync(readFileSync(new URL(`${path}.gz`, FOLDER))).toString('utf8');
}

/** A JSON vector file, or part of it; the caller states the shape. */
export function vectorJson<T>(path: string): T {
  return JSON.parse(vectorText(path)) as T;
}

/** A CSV vector file: no quotes, values may be padded with spaces. */
export function vectorCsv(path: string): Row[] {
  const [header = '', ...lines] = vectorText(path).trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, (values[index] ?? '').trim()]));
  });
}

/** A field of a row; a column that is not there is a mistake in the test. */
export function field(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
}

/** A number of a row; null for NA. */
export function num(row: Row, name: string): number | null {
  const value = field(row, name);
  return value === 'NA' || value === '' ? null : Number(value);
}

const VIEW_NAMES: Readonly<Record<string, View>> = { director: 'director', self: 'ib', teachers: 'teacher' };

/** A view by its name in the vectors. */
export function viewOf(name: string): View {
  const view = VIEW_NAMES[name];
  if (!view) throw new Error(`no view ${name}`);
  return view;
}

/** Words of the vectors in the words of the code: pairs, flags and views. */
export function ourWords(text: string): string {
  return text.replaceAll('teachers', 'teacher').replaceAll('self', 'ib');
}

/** True when two figures are the same within the tolerance of the vectors: 1e-9, relative above one. */
export function close(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  return Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Differences between computed and expected rows, both by key, as readable lines; [] when they are the same rows with
 * the same values. A row on one side only is a difference.
 */
export function rowDifferences(actual: ReadonlyMap<string, Fields>, expected: ReadonlyMap<string, Fields>): string[] {
  const faults: string[] = [];
  for (const [key, row] of expected) {
    const found = actual.get(key);
    if (!found) faults.push(`${key}: missing`);
    else {
      for (const [name, value] of Object.entries(row)) {
        if (!close(found[name], value)) faults.push(`${key} ${name}: ${found[name]} instead of ${value}`);
      }
    }
  }
  for (const key of actual.keys()) if (!expected.has(key)) faults.push(`${key}: not expected`);
  return faults;
}

/** Rows by key; throws when two rows share a key, so that none can hide another. */
export function keyed<T>(items: readonly T[], key: (item: T) => string, fields: (item: T) => Fields) {
  const rows = new Map<string, Fields>();
  for (const item of items) {
    if (rows.has(key(item))) throw new Error(`twice: ${key(item)}`);
    rows.set(key(item), fields(item));
  }
  return rows;
}

type SeedRater = { rater: string; role: Role };

/** One school in one round of the simulated cohorts, with the people in office and all answers. */
export type SeedSchoolRound = {
  cohort: string;
  school: string;
  round: string;
  ratee: string;
  director: string;
  ratings: Rating[];
  raters: SeedRater[];
};

type Seed = { outline: Outline; aspects: string[]; rounds: string[]; schoolRounds: SeedSchoolRound[] };

let seed: Seed | undefined;

/** The simulated pair of cohorts; read once per test file. */
export function seedA(): Seed {
  seed ??= readSeed();
  return seed;
}

function readSeed(): Seed {
  const schoolRounds = new Map<string, SeedSchoolRound>();
  for (const row of vectorCsv('seedA/school_rounds.csv')) {
    const [cohort, school, round] = [field(row, 'cohort'), field(row, 'school'), field(row, 'round')];
    const people = { ratee: field(row, 'ratee'), director: field(row, 'director') };
    schoolRounds.set(`${school} ${round}`, { cohort, school, round, ...people, ratings: [], raters: [] });
  }
  const seen = new Set<string>();
  for (const row of vectorCsv('seedA/responses.csv')) {
    const at = schoolRounds.get(`${field(row, 'school')} ${field(row, 'round')}`);
    if (!at) throw new Error('an answer of a school that took no part');
    const [role, rater] = [viewOf(field(row, 'role')), field(row, 'rater')];
    const key = `${at.school} ${at.round} ${role} ${rater}`;
    if (!seen.has(key)) at.raters.push({ rater, role });
    seen.add(key);
    const rating = ratingOf(row, role, rater);
    if (rating) at.ratings.push(rating);
  }
  const outline = readOutline();
  const aspects = outline.competencies.flatMap((competency) => competency.aspects.map(({ code }) => code));
  const all = [...schoolRounds.values()];
  return { outline, aspects, rounds: [...new Set(all.map(({ round }) => round))].sort(), schoolRounds: all };
}

function ratingOf(row: Row, role: Role, rater: string): Rating | null {
  const status = field(row, 'status');
  if (status === 'M') return null;
  const unclear = field(row, 'unclear') === '1';
  const judged = status === 'J';
  return {
    rater,
    role,
    aspect: field(row, 'aspect'),
    status: judged ? 'judged' : 'cannot_judge',
    score: judged ? num(row, 'score') : null,
    unclear,
  };
}

function readOutline(): Outline {
  const competencies = new Map<string, { code: string; observableBy: Role[] }[]>();
  for (const row of vectorCsv('seedA/aspects.csv')) {
    const aspects = competencies.get(field(row, 'competency')) ?? [];
    aspects.push({ code: field(row, 'aspect'), observableBy: ['director', 'ib', 'teacher'] });
    competencies.set(field(row, 'competency'), aspects);
  }
  return { competencies: [...competencies].map(([code, aspects]) => ({ code, aspects })) };
}
