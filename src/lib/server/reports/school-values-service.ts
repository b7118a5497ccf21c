import type { View } from '#lib/analysis/types.ts';
import type { Snapshot } from '#lib/disclosure/snapshot.ts';
import type { Actor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { loadAsked } from '#lib/server/instruments/asked-service.ts';
import { competencyViews, type CompetencyView } from './figures.ts';
import * as queries from './queries.ts';
import { seenSnapshot } from './service.ts';
import { singleSchools } from './shared-service.ts';

/** One school: its shown scores by competency, and by aspect (null: withheld, or there is none). */
export type SchoolValue = {
  schoolRoundId: string;
  name: string;
  competencies: { code: string; views: Record<View, CompetencyView> }[];
  aspects: ReadonlyMap<string, Record<View, number | null>>;
};

/** Single schools of a round whose reports this viewer may read, by name. */
export type SchoolValues = { schools: SchoolValue[] };

/**
 * The scores of single schools in a closed round, from their snapshots, as a trainer reads them in the reports; null where
 * there are none for this viewer (singleSchools).
 * @throws DomainError forbidden
 */
export async function schoolValues(db: Db, actor: Actor, roundId: string): Promise<SchoolValues | null> {
  const single = await singleSchools(db, actor, roundId);
  if (single === null) return null;
  const rows = new Map((await queries.listReportsOfRound(db, roundId)).map((row) => [row.schoolRoundId, row]));
  const schools: SchoolValue[] = [];
  for (const row of single.flatMap((id) => rows.get(id) ?? [])) {
    const { outline } = await loadAsked(db, row);
    const snapshot = seenSnapshot(row, null);
    schools.push({
      schoolRoundId: row.schoolRoundId,
      name: row.schoolName,
      competencies: competencyViews(snapshot, outline),
      aspects: new Map(snapshot.aspects.map(({ code, views }) => [code, scoresOf(views)])),
    });
  }
  return { schools };
}

function scoresOf({ director, ib, teacher }: Snapshot['aspects'][number]['views']): Record<View, number | null> {
  return { director: director.score, ib: ib.score, teacher: teacher.score };
}
