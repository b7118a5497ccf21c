import type { Mode } from '#lib/disclosure/mode.ts';
import type { Db } from '#lib/server/db/open.ts';
import { hashToken, newId, newToken } from '#lib/server/ids.ts';
import { answersOf } from './answers.ts';
import type { ComparedUnit } from './compare.ts';
import type { FileForm, FileUnit } from './forms.ts';
import { personKey } from './people.ts';
import * as queries from './queries.ts';

/** What storing takes beside the units. */
type StoreOptions = {
  mode: Mode;
  instrumentVersionId: string;
  aspectIds: ReadonlyMap<string, number>;
  personIds: ReadonlyMap<string, string>;
  now: Date;
};

/** Stores the new forms, with the series and school rounds that they need. @returns how many answers that were */
export async function storeForms(trx: Db, compared: readonly ComparedUnit[], options: StoreOptions): Promise<number> {
  const growing = compared.filter(({ fresh }) => fresh.length > 0);
  const seriesIds = await ensureSeries(
    trx,
    growing.map(({ unit }) => unit),
    options,
  );
  const units: queries.NewUnit[] = [];
  const forms: queries.NewForm[] = [];
  for (const { unit, stored, fresh } of growing) {
    const schoolRoundId = stored?.schoolRoundId ?? newId();
    if (!stored) {
      const seriesId = known(seriesIds, seriesKey(unit, options));
      units.push({ id: schoolRoundId, seriesId, roundId: unit.place.round.id, mode: options.mode });
    }
    for (const form of fresh) forms.push(newForm(schoolRoundId, unit, form, options));
  }
  await queries.insertUnits(trx, units, options.now.toISOString());
  await queries.insertForms(trx, forms, options.now);
  return forms.reduce((sum, { answers }) => sum + answers.length, 0);
}

async function ensureSeries(trx: Db, units: readonly FileUnit[], options: StoreOptions): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const fresh: queries.NewSeries[] = [];
  for (const cohortId of new Set(units.map(({ place }) => place.cohortId))) {
    for (const { id, schoolId, rateeId } of await queries.listSeries(trx, cohortId)) {
      ids.set(`${cohortId} ${schoolId} ${rateeId}`, id);
    }
  }
  for (const unit of units) {
    const key = seriesKey(unit, options);
    if (ids.has(key)) continue;
    const { cohortId, schoolId } = unit.place;
    const id = newId();
    ids.set(key, id);
    fresh.push({ id, cohortId, schoolId, rateeId: known(options.personIds, unit.ratee.key), memberId: newId() });
  }
  await queries.insertSeries(trx, fresh, options.now.toISOString());
  return ids;
}

function seriesKey({ place, ratee }: FileUnit, { personIds }: StoreOptions): string {
  return `${place.cohortId} ${place.schoolId} ${known(personIds, ratee.key)}`;
}

function newForm(schoolRoundId: string, unit: FileUnit, form: FileForm, options: StoreOptions): queries.NewForm {
  return {
    schoolRoundId,
    instrumentVersionId: options.instrumentVersionId,
    personId: known(options.personIds, personKey(unit, form)),
    role: form.role,
    invitationId: newId(),
    // No link leads to an imported form: nobody knows this token.
    tokenHash: hashToken(newToken()),
    publicId: newId(),
    // The operator states with the mode what the teachers were promised and agreed to.
    consent: options.mode === 'open' && form.role === 'teacher' ? 1 : null,
    answers: answersOf(form, options.aspectIds),
  };
}

function known(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error('a person or series of the file was not made');
  return id;
}
