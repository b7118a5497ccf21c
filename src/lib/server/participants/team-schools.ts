import type { SeriesWithTeam } from '#lib/server/cohorts/service.ts';
import type { TeamFile, TeamRow } from './team-file.ts';
import type { Known } from './team-plan.ts';

/** A school of a file, with its rows and what the cohort has of it. */
export type FileSchool = {
  /** As it is known, or as the file writes it. */
  name: string;
  brin: string | null;
  isNew: boolean;
  /** How the file writes a school that is known under another name; else null. */
  writtenAs: string | null;
  rows: TeamRow[];
  /** The school's IB'ers in the cohort, also those who left. */
  series: SeriesWithTeam[];
  /** A row of this school was wrong by itself. */
  isSpoiled: boolean;
  /** That the school has no IB'er is said once. */
  lacksIb: boolean;
};

/**
 * Finds out which school each row means: by its BRIN, and else by its name (rules.md, Who, what, when). A name that the
 * file or the cohort has with one BRIN means that school, so that the code need not stand on every row. Faults: one BRIN
 * with two names, one name with two BRINs where a row has none, and a BRIN for a school that the cohort has without one.
 */
export function resolveSchools(file: TeamFile, known: Known): FileSchool[] {
  const brins = brinsByName(file, known);
  const schools = new Map<string, FileSchool>();
  for (const row of file.rows) {
    const brin = brinOf(row, brins, file);
    if (brin === undefined) continue;
    const key = brin ?? `name:${row.school.toLowerCase()}`;
    const school = schools.get(key) ?? begin(row, brin, file, known);
    schools.set(key, school);
    const [first] = school.rows;
    if (first && first.school.toLowerCase() !== row.school.toLowerCase()) {
      file.faults.add('school_name_differs', () => file.locate(row, 'school'), { first: first.line });
    }
    school.rows.push(row);
  }
  return [...schools.values()];
}

function brinsByName({ rows }: TeamFile, { series }: Known): Map<string, Set<string>> {
  const brins = new Map<string, Set<string>>();
  const all = [
    ...rows.map(({ school, brin }) => ({ school, brin })),
    ...series.map(({ schoolName, brin }) => ({ school: schoolName, brin })),
  ];
  for (const { school, brin } of all) {
    if (brin === null) continue;
    const name = school.toLowerCase();
    brins.set(name, (brins.get(name) ?? new Set()).add(brin));
  }
  return brins;
}

/** The BRIN of the row's school; null where it has none, undefined (with a fault) where it cannot be known. */
function brinOf(row: TeamRow, brins: Map<string, Set<string>>, file: TeamFile): string | null | undefined {
  if (row.brin !== null) return row.brin;
  const [brin, ...more] = brins.get(row.school.toLowerCase()) ?? [];
  if (more.length === 0) return brin ?? null;
  file.faults.add('school_ambiguous', () => file.locate(row, 'school'), { school: row.school });
  return undefined;
}

function begin(row: TeamRow, brin: string | null, file: TeamFile, known: Known): FileSchool {
  const written = row.school.toLowerCase();
  const ofName = known.series.filter((series) => series.brin === null && series.schoolName.toLowerCase() === written);
  const series = brin === null ? ofName : known.series.filter((candidate) => candidate.brin === brin);
  if (brin !== null && series.length === 0 && ofName.length > 0) {
    file.faults.add('school_without_brin', () => file.locate(row, 'school'), { school: row.school });
  }
  const name = series[0]?.schoolName ?? (brin === null ? undefined : known.schools.get(brin)) ?? row.school;
  return {
    name,
    brin,
    isNew: series.length === 0 && (brin === null || !known.schools.has(brin)),
    writtenAs: name.toLowerCase() === written ? null : row.school,
    rows: [],
    series,
    isSpoiled: file.spoiled.has(written),
    lacksIb: false,
  };
}
