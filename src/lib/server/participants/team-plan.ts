import type { FaultList, Refusal } from '#lib/instrument/faults.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { SeriesWithTeam } from '#lib/server/cohorts/service.ts';
import type { TeamFile, TeamRow } from './team-file.ts';
import { resolveSchools, type FileSchool } from './team-schools.ts';

/** What the database knows of what a file names. */
export type Known = {
  /** The cohort's IB'ers with their teams, also those who left. */
  series: readonly SeriesWithTeam[];
  /** By address in small letters. */
  people: ReadonlyMap<string, { name: string | null }>;
  /** Names by BRIN. */
  schools: ReadonlyMap<string, string>;
  /** A round of the cohort is open: a team joins it with its director or not at all. */
  hasOpenRound: boolean;
};

/** `new`: made; `known`: somebody with this address is there, and joins this team; `there`: in the team already. */
type Status = 'new' | 'known' | 'there';

export type PlannedPerson = {
  role: Role;
  name: string;
  email: string | null;
  status: Status;
  /** The name under which this address is known, where that is another: it stays. Else null. */
  knownAs: string | null;
};

export type PlannedTeam = {
  /** Null for an IB'er who is new in this cohort. */
  seriesId: string | null;
  school: { name: string; brin: string | null; isNew: boolean; writtenAs: string | null };
  ib: PlannedPerson;
  others: PlannedPerson[];
};

export type TeamPlan = {
  ok: true;
  teams: PlannedTeam[];
  /** Different people: somebody in two teams counts once. `joining` is who is known, and new in a team. */
  counts: { schools: number; teams: number; people: number; joining: number; unchanged: number };
};

/**
 * What a file would make, or a refusal that names every fault. The same file twice makes nothing the second time.
 * Pure: the caller says what is known.
 */
export function planTeams(file: TeamFile, known: Known): TeamPlan | Refusal {
  const { faults } = file;
  const teams: Draft[] = [];
  const schools = resolveSchools(file, known);
  nameOnce(file);
  for (const school of schools) teams.push(...planSchool(file, school, known));
  if (faults.total > 0) return faults.refusal();
  const named = teams.filter(({ ibRow, rows }) => ibRow !== null || rows.length > 0);
  const planned = named.map((draft) => toTeam(draft, known));
  return { ok: true, teams: planned, counts: countsOf(planned) };
}

/** A team as the file and the database together have it. */
type Draft = {
  school: FileSchool;
  existing: SeriesWithTeam | null;
  /** The IB'er's own row; null for a team that is in the cohort and not in the file. */
  ibRow: TeamRow | null;
  rows: TeamRow[];
};

function planSchool(file: TeamFile, school: FileSchool, known: Known): Draft[] {
  const { faults, locate } = file;
  const drafts: Draft[] = school.series
    .filter(({ leftAt }) => leftAt === null)
    .map((existing) => ({ school, existing, ibRow: null, rows: [] }));
  for (const row of school.rows.filter(({ role }) => role === 'ib')) {
    if (school.series.some((series) => series.leftAt !== null && isIbOf(series, row))) {
      faults.add('team_left', () => locate(row, 'name'));
      continue;
    }
    const draft = drafts.find((candidate) =>
      candidate.existing ? isIbOf(candidate.existing, row) : candidate.ibRow?.email === row.email,
    );
    if (draft?.ibRow) faults.add('person_repeated', () => locate(row, 'email'), { first: draft.ibRow.line });
    else if (draft) draft.ibRow = row;
    else drafts.push({ school, existing: null, ibRow: row, rows: [] });
  }
  for (const row of school.rows) {
    if (row.role === 'ib') continue;
    const draft = teamOf(row, drafts, file, school);
    if (draft && mayJoin(draft, row, file)) draft.rows.push(row);
  }
  for (const { existing, ibRow, rows } of drafts) {
    if (existing || !ibRow || !known.hasOpenRound || school.isSpoiled) continue;
    if (!rows.some(({ role }) => role === 'director')) faults.add('team_needs_director', () => locate(ibRow, 'school'));
  }
  return drafts;
}

const ibOf = (series: SeriesWithTeam) => series.team.find(({ role }) => role === 'ib');
const isSame = (one: string | null, other: string | null) => (one ?? '').toLowerCase() === (other ?? '').toLowerCase();

/** An IB'er of imported rounds has no address, and is known by name. */
function isIbOf(series: SeriesWithTeam, row: TeamRow): boolean {
  const ib = ibOf(series);
  const email = ib?.email ?? null;
  return email === null ? isSame(series.rateeName, row.name) : email === row.email;
}

/** The team that a director's or teacher's row means; null with a fault when that is none, or not one. */
function teamOf(row: TeamRow, drafts: Draft[], file: TeamFile, school: FileSchool): Draft | null {
  const { faults, locate } = file;
  const { ib } = row;
  const isNamed = ({ existing, ibRow }: Draft) =>
    [ibRow?.name, ibRow?.email, existing?.rateeName, existing && ibOf(existing)?.email].some(
      (name) => ib !== null && name && isSame(name, ib),
    );
  const meant = ib === null ? drafts : drafts.filter(isNamed);
  const [first, ...more] = meant;
  if (first && more.length === 0) return first;
  // A wrong row of this school may be the very IB'er who is missing here.
  if (school.isSpoiled) return null;
  if (drafts.length === 0) {
    if (!school.lacksIb) faults.add('team_without_ib', () => locate(row, 'school'), { school: row.school });
    school.lacksIb = true;
  } else if (ib === null) {
    const names = drafts.map(({ existing, ibRow }) => existing?.rateeName ?? ibRow?.name ?? '').join(', ');
    faults.add('ib_needed', () => locate(row, 'ib'), { names });
  } else {
    faults.add(meant.length === 0 ? 'ib_unknown' : 'ib_ambiguous', () => locate(row, 'ib'), { value: ib });
  }
  return null;
}

/** Whether the row can stand in this team beside who is there and the rows before it (rules.md: one role per series). */
function mayJoin({ existing, ibRow, rows }: Draft, row: TeamRow, { faults, locate }: TeamFile): boolean {
  const before = faults.total;
  const earlier = [...(ibRow ? [ibRow] : []), ...rows];
  const twin = earlier.find((other) => isSamePerson(other, row));
  const member = existing?.team.find((other) => isSamePerson(other, row));
  const director = existing?.team.find(({ role }) => role === 'director');
  const other = earlier.find(({ role }) => role === 'director');
  if (twin) {
    const code = twin.role === row.role ? 'person_repeated' : 'person_two_roles';
    faults.add(code, () => locate(row, row.email === null ? 'name' : 'email'), { first: twin.line });
  } else if (member && member.role !== row.role) {
    faults.add('person_other_role', () => locate(row, 'role'));
  } else if (row.role === 'director' && other) {
    faults.add('team_two_directors', () => locate(row, 'role'), { first: other.line });
  } else if (row.role === 'director' && director && director.email !== row.email) {
    faults.add('team_has_director', () => locate(row, 'role'), { name: director.name ?? director.email ?? '–' });
  } else if (!member && row.email !== null) {
    // The same teacher was added without an address before: adding would ask her twice.
    const nameless = existing?.team.find(({ email, name }) => email === null && isSame(name, row.name));
    if (nameless) faults.add('person_without_address', () => locate(row, 'name'), { name: row.name });
  }
  return faults.total === before;
}

/** By address; somebody without one is known within a team by name. */
function isSamePerson(one: { name: string | null; email: string | null }, row: TeamRow): boolean {
  return row.email === null ? one.email === null && isSame(one.name, row.name) : one.email === row.email;
}

/** An address is one person: two names for it in one file are a fault, wherever they stand. */
function nameOnce({ rows, faults, locate }: Pick<TeamFile, 'rows' | 'locate'> & { faults: FaultList }): void {
  const first = new Map<string, TeamRow>();
  for (const row of rows) {
    if (row.email === null) continue;
    const earlier = first.get(row.email);
    if (!earlier) first.set(row.email, row);
    else if (!isSame(earlier.name, row.name)) {
      const { line, name } = earlier;
      faults.add('person_name_differs', () => locate(row, 'name'), { first: line, name });
    }
  }
}

function toTeam({ school, existing, ibRow, rows }: Draft, { people }: Known): PlannedTeam {
  const person = (row: TeamRow): PlannedPerson => {
    const { role, name, email } = row;
    const known = email === null ? undefined : people.get(email);
    const isThere = existing?.team.some((member) => isSamePerson(member, row)) ?? false;
    const status = isThere || (role === 'ib' && existing) ? 'there' : known ? 'known' : 'new';
    const knownAs = known?.name && known.name !== name ? known.name : null;
    return { role, name, email, status, knownAs };
  };
  const ib = ibRow ? person(ibRow) : memberAsPerson(existing);
  const order: Role[] = ['director', 'teacher'];
  const others = rows.map(person).toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const { name, brin, isNew, writtenAs } = school;
  return { seriesId: existing?.id ?? null, school: { name, brin, isNew, writtenAs }, ib, others };
}

function memberAsPerson(existing: SeriesWithTeam | null): PlannedPerson {
  const email = (existing && ibOf(existing)?.email) ?? null;
  return { role: 'ib', name: existing?.rateeName ?? '', email, status: 'there', knownAs: null };
}

function countsOf(teams: readonly PlannedTeam[]): TeamPlan['counts'] {
  const people = teams.flatMap(({ ib, others }) => [ib, ...others]);
  const different = (status: Status) => {
    const some = people.filter((person) => person.status === status);
    return new Set(some.map(({ email }, index) => email ?? index)).size;
  };
  return {
    schools: new Set(teams.filter(({ school }) => school.isNew).map(({ school }) => school.brin ?? school.name)).size,
    teams: teams.filter(({ seriesId }) => seriesId === null).length,
    people: different('new'),
    joining: different('known'),
    unchanged: people.filter(({ status }) => status === 'there').length,
  };
}
