import type { View } from '#lib/analysis/types.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadAsked } from '#lib/server/instruments/asked-service.ts';
import { competencyViews, type CompetencyView } from './figures.ts';
import * as queries from './queries.ts';
import { maySee, seenSnapshot, viewerOf } from './service.ts';

/** One school: its shown scores by competency, and by aspect (null: withheld, or there is none). */
export type SchoolValue = {
  schoolRoundId: string;
  name: string;
  competencies: { code: string; views: Record<View, CompetencyView> }[];
  aspects: ReadonlyMap<string, Record<View, number | null>>;
};

/** Single schools of a round whose reports this viewer may read, by name; `waiting` counts those not released yet. */
export type SchoolValues = { schools: SchoolValue[]; waiting: number };

/**
 * The scores of single schools in a closed round, from their snapshots, as a trainer reads them in the reports; null where
 * the cohort's setting, which everybody was told before the first answer, keeps them from the trainer (rules.md).
 */
export async function schoolValues(db: Db, actor: Actor, roundId: string): Promise<SchoolValues | null> {
  const rows = await queries.listReportsOfRound(db, roundId);
  const [first] = rows;
  if (!first || first.trainerSeesSchools !== 1) return null;
  const { outline } = await loadAsked(db, { roundId, instrumentVersionId: first.instrumentVersionId });
  // Who is the director or IB'er of a school as well reads that one in its report, as whoever it is about does.
  const open = rows.filter((row) => row.releasedAt !== null && maySee(actor, row) && viewerOf(actor, row) === null);
  const schools = open.map((row): SchoolValue => {
    const snapshot = seenSnapshot(row, null);
    return {
      schoolRoundId: row.schoolRoundId,
      name: row.schoolName,
      competencies: competencyViews(snapshot, outline),
      aspects: new Map(snapshot.aspects.map(({ code, views }) => [code, scoresOf(views)])),
    };
  });
  // Never by a figure.
  const inOrder = schools.toSorted((a, b) => BY_NAME.compare(a.name, b.name));
  return { schools: inOrder, waiting: rows.filter(({ releasedAt }) => releasedAt === null).length };
}

/** Made once: comparing without one makes one each time. */
const BY_NAME = new Intl.Collator('nl');

function scoresOf({ director, ib, teacher }: Snapshot['aspects'][number]['views']): Record<View, number | null> {
  return { director: director.score, ib: ib.score, teacher: teacher.score };
}
