import type { FaultList } from '#lib/instrument/faults.ts';
import type { Actor } from '#lib/permissions.ts';
import * as cohorts from '#lib/server/cohorts/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import type { LongFormRow } from '#lib/long-form/columns.ts';
import type { LongForm } from '#lib/long-form/read.ts';

/** The school and the round that a row is about, as the database knows them. */
export type Place = { cohortId: string; schoolId: string; round: rounds.Round };

type PlaceOptions = { create: boolean; instrumentVersionId: string };

/**
 * Finds the cohort, school and round of each row, or makes them with `create`. What is missing, and what is not for
 * imports, becomes a fault at the first row that names it.
 */
export class Places {
  /** How many were made. */
  readonly made = { cohorts: 0, schools: 0, rounds: 0 };
  private readonly trx: Db;
  private readonly actor: Actor;
  private readonly file: LongForm;
  private readonly options: PlaceOptions;
  private readonly faults: FaultList;
  private readonly cohorts = new Map<string, string | null>();
  private readonly schools = new Map<string, string | null>();
  private readonly rounds = new Map<string, rounds.Round | null>();

  constructor(trx: Db, actor: Actor, file: LongForm, options: PlaceOptions, faults: FaultList) {
    this.trx = trx;
    this.actor = actor;
    this.file = file;
    this.options = options;
    this.faults = faults;
  }

  /** Null with a fault, the first time, when the row has no place. */
  async of(row: LongFormRow): Promise<Place | null> {
    const cohortId = await once(this.cohorts, row.cohort, () => this.cohort(row));
    if (cohortId === null) return null;
    const schoolId = await once(this.schools, key(cohortId, row.school), () => this.school(row, cohortId));
    const round = await once(this.rounds, key(cohortId, row.round), () => this.round(row, cohortId));
    return schoolId === null || round === null ? null : { cohortId, schoolId, round };
  }

  private async cohort(row: LongFormRow): Promise<string | null> {
    const known = await cohorts.findByName(this.trx, row.cohort);
    if (known) return known.id;
    if (this.options.create) {
      this.made.cohorts += 1;
      return cohorts.createImported(this.trx, this.actor, row.cohort);
    }
    this.faults.add('cohort_unknown', this.file.locate(row, 'cohort'), { cohort: row.cohort });
    return null;
  }

  private async school(row: LongFormRow, cohortId: string): Promise<string | null> {
    const inCohort = (await cohorts.listSeries(this.trx, cohortId)).find((series) => series.schoolName === row.school);
    const known = inCohort?.schoolId ?? (await cohorts.findSchool(this.trx, row.school));
    if (known !== null) return known;
    if (this.options.create) {
      this.made.schools += 1;
      return cohorts.ensureSchoolOfCode(this.trx, row.school);
    }
    this.faults.add('school_unknown', this.file.locate(row, 'school'), { school: row.school });
    return null;
  }

  private async round(row: LongFormRow, cohortId: string): Promise<rounds.Round | null> {
    const { create, instrumentVersionId } = this.options;
    const known = (await rounds.list(this.trx, cohortId)).find((round) => round.name === row.round);
    const at = () => this.file.locate(row, 'round');
    if (known?.origin === 'app') {
      this.faults.add('round_of_app', at, { round: row.round });
      return null;
    }
    if (known && known.instrumentVersionId !== instrumentVersionId) {
      const list = await this.listName(known.instrumentVersionId);
      this.faults.add('round_other_list', at, { round: row.round, list });
      return null;
    }
    if (known) return known;
    if (create) {
      this.made.rounds += 1;
      return rounds.addImported(this.trx, cohortId, { name: row.round, instrumentVersionId });
    }
    this.faults.add('round_unknown', at, { round: row.round });
    return null;
  }

  private async listName(versionId: string): Promise<string> {
    const { instrument } = await instruments.load(this.trx, versionId);
    return `${instrument.key}@${instrument.version}`;
  }
}

const key = (...parts: string[]) => parts.join('\n');

async function once<T>(known: Map<string, T>, name: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(name);
  if (found !== undefined) return found;
  const value = await find();
  known.set(name, value);
  return value;
}
