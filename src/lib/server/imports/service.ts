import type { Mode } from '#lib/disclosure/mode.ts';
import { DomainError } from '#lib/errors.ts';
import { FaultList, type Refusal } from '#lib/instrument/faults.ts';
import { may, type Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as reports from '#lib/server/reports/service.ts';
import { compareUnit, type ComparedUnit } from './compare.ts';
import { formsOf, type StoredRatee } from './forms.ts';
import { readLongForm, unknownAspects, type LongForm } from '#lib/long-form/read.ts';
import { ensurePeople, storedRateeKey } from './people.ts';
import { Places } from './places.ts';
import * as queries from './queries.ts';
import { storeForms } from './store.ts';

/** What an import did, or with `dryRun` would have done. */
export type ImportDone = {
  ok: true;
  dryRun: boolean;
  /** What was made. */
  cohorts: number;
  schools: number;
  rounds: number;
  responses: number;
  answers: number;
  /** Forms that were there already, the same. */
  unchanged: number;
};

type ImportOptions = {
  instrument: { key: string; version: string };
  /** What the teachers were promised; open mode states their consent too. */
  mode: Mode;
  /** Makes cohorts, schools and rounds that are missing. */
  create: boolean;
  /** Checks everything and changes nothing. */
  dryRun: boolean;
};

/** Ends the transaction without keeping anything. */
class RolledBack extends Error {
  readonly outcome: ImportDone | Refusal;
  constructor(outcome: ImportDone | Refusal) {
    super('rolled back');
    this.outcome = outcome;
  }
}

/**
 * Imports responses in the long form as closed rounds with their snapshots, all or nothing in one transaction
 * (interfaces.md, Long form of responses).
 * @returns what was done, or every fault of the file with its place
 * @throws DomainError forbidden, not_found (no such list), instrument_not_published
 */
export async function importResponses(
  db: Db,
  actor: Actor,
  content: string | Uint8Array,
  options: ImportOptions,
): Promise<ImportDone | Refusal> {
  if (!may(actor, 'import_responses')) throw new DomainError('forbidden');
  const version = await instruments.find(db, options.instrument.key, options.instrument.version);
  if (!version) throw new DomainError('not_found');
  if (version.status !== 'published') throw new DomainError('instrument_not_published');
  const list = await instruments.load(db, version.id);
  const file = readLongForm(content);
  if (!file.ok) return file;
  const strangers = unknownAspects(file, new Set(list.aspectIds.keys()));
  if (strangers) return strangers;
  try {
    return await db.transaction().execute(async (trx) => {
      const outcome = await importFile(trx, actor, file, list, options);
      if (!outcome.ok || options.dryRun) throw new RolledBack(outcome);
      return outcome;
    });
  } catch (cause) {
    if (cause instanceof RolledBack) return cause.outcome;
    throw cause;
  }
}

async function importFile(
  trx: Db,
  actor: Actor,
  file: LongForm,
  list: instruments.LoadedInstrument,
  { mode, create, dryRun }: ImportOptions,
): Promise<ImportDone | Refusal> {
  await queries.lockForWriting(trx);
  const faults = new FaultList();
  const stored = storedUnits(trx);
  const places = new Places(trx, actor, file, { create, instrumentVersionId: list.id }, faults);
  const units = await formsOf(file, places, async (cohortId) => (await stored(cohortId)).map(toRatee), faults);
  if (faults.total > 0) return faults.refusal();

  const personIds = await ensurePeople(trx, units);
  const { aspectIds } = list;
  const compared: ComparedUnit[] = [];
  for (const unit of units) {
    const inCohort = await stored(unit.place.cohortId);
    compared.push(await compareUnit(trx, unit, inCohort, { file, mode, aspectIds, personIds, faults }));
  }
  if (faults.total > 0) return faults.refusal();

  const options = { mode, instrumentVersionId: list.id, aspectIds, personIds, now: new Date() };
  const answers = await storeForms(trx, compared, options);
  await closeRounds(trx, actor, compared, mode);
  const responses = sum(compared, ({ fresh }) => fresh.length);
  const unchanged = sum(compared, ({ unit }) => unit.forms.length) - responses;
  return { ok: true, dryRun, ...places.made, responses, answers, unchanged };
}

/** Takes the snapshots of every round that has new forms. */
async function closeRounds(trx: Db, actor: Actor, compared: readonly ComparedUnit[], mode: Mode): Promise<void> {
  const growing = compared.filter(({ fresh }) => fresh.length > 0);
  for (const [roundId, units] of Map.groupBy(growing, ({ unit }) => unit.place.round.id)) {
    await reports.takeSnapshots(trx, roundId);
    const responses = sum(units, ({ fresh }) => fresh.length);
    await audit.record(trx, actor, 'round.imported', { type: 'round', id: roundId }, { responses, mode });
  }
}

/** The school rounds of a cohort as they were before the import, read once a cohort. */
function storedUnits(trx: Db): (cohortId: string) => Promise<queries.StoredUnit[]> {
  const known = new Map<string, queries.StoredUnit[]>();
  return async (cohortId) => {
    const units = known.get(cohortId) ?? (await queries.listUnits(trx, cohortId));
    known.set(cohortId, units);
    return units;
  };
}

function toRatee(unit: queries.StoredUnit): StoredRatee {
  const { schoolId, roundNumber, rateeName } = unit;
  return { key: storedRateeKey(unit), name: rateeName, schoolId, roundNumber };
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
