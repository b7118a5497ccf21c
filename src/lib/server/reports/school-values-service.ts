import { may, type Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { schoolFigures, type SchoolFigures } from './figures.ts';
import * as queries from './queries.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';

/** Single schools of a round whose reports this viewer may read, by name; `waiting` counts those not released yet. */
export type SchoolValues = {
  schools: { schoolRoundId: string; name: string; figures: SchoolFigures }[];
  waiting: number;
};

/**
 * The figures of single schools in a closed round, from their snapshots, as a trainer reads them in the reports; null where
 * the cohort's setting, which everybody was told before the first answer, keeps them from the trainer (rules.md).
 */
export async function schoolValues(db: Db, actor: Actor, roundId: string): Promise<SchoolValues | null> {
  const rows = await queries.listReportsOfRound(db, roundId);
  const [first] = rows;
  if (!first || first.trainerSeesSchools !== 1) return null;
  const list = await instruments.load(db, first.instrumentVersionId);
  const open = rows.filter((row) =>
    may(actor, 'see_school_report', {
      ...{
        cohortId: row.cohortId,
        trainerSeesSchools: row.trainerSeesSchools === 1,
        released: row.releasedAt !== null,
      },
    }),
  );
  return {
    schools: open
      .toSorted((a, b) => a.schoolName.localeCompare(b.schoolName, 'nl')) // never by a figure
      .map((row) => ({
        schoolRoundId: row.schoolRoundId,
        name: row.schoolName,
        figures: schoolFigures(JSON.parse(row.document) as Snapshot, list.outline), // written by takeSnapshots
      })),
    waiting: rows.length - open.length,
  };
}
