import type { Db } from '#lib/server/db/open.ts';

/** Another wording for an aspect, as a trainer proposed it in a round. English that was not given is ''. */
export type Proposal = {
  id: string;
  roundId: string;
  versionId: string;
  aspect: string;
  other: { nl: string; en: string };
  self: { nl: string; en: string };
  reason: string;
  status: 'open' | 'taken' | 'declined';
  /** The version that it was taken over into, which may have been published since; null where it was not. */
  takenInto: { id: string; version: string; publishedAt: string | null } | null;
  revision: number;
  /** Who wrote it last; null when that account is gone. */
  author: string | null;
};

function proposals(db: Db) {
  return db
    .selectFrom('wording_proposal as proposal')
    .innerJoin('instrument_version as version', 'version.id', 'proposal.instrument_version_id')
    .leftJoin('user', 'user.id', 'proposal.author_user_id')
    .leftJoin('instrument_version as taken', 'taken.id', 'proposal.taken_into')
    .select([
      'proposal.id',
      'proposal.round_id as roundId',
      'proposal.instrument_version_id as versionId',
      'proposal.aspect_code as aspect',
      'proposal.other_nl',
      'proposal.other_en',
      'proposal.self_nl',
      'proposal.self_en',
      'proposal.reason',
      'proposal.status',
      'proposal.revision',
      'user.name as author',
      'taken.id as takenId',
      'taken.version as takenVersion',
      'taken.published_at as publishedAt',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof proposals>['execute']>>[number];

function toProposal({
  other_nl,
  other_en,
  self_nl,
  self_en,
  takenId,
  takenVersion,
  publishedAt,
  ...row
}: Row): Proposal {
  const takenInto = takenId === null ? null : { id: takenId, version: takenVersion ?? '', publishedAt };
  return { ...row, takenInto, other: { nl: other_nl, en: other_en }, self: { nl: self_nl, en: self_en } };
}

/** All that was proposed in a round, oldest first. */
export async function listOfRound(db: Db, roundId: string): Promise<Proposal[]> {
  const rows = await proposals(db)
    .where('proposal.round_id', '=', roundId)
    .orderBy('proposal.created_at')
    .orderBy('proposal.id')
    .execute();
  return rows.map(toProposal);
}

/** What is open for the versions of a list, by aspect and oldest first. */
export async function listOpen(db: Db, key: string): Promise<Proposal[]> {
  const rows = await proposals(db)
    .where('version.key', '=', key)
    .where('proposal.status', '=', 'open')
    .orderBy('proposal.aspect_code')
    .orderBy('proposal.created_at')
    .execute();
  return rows.map(toProposal);
}

/** What was taken over into a version of a list, by aspect and oldest first. */
export async function listTaken(db: Db, versionId: string): Promise<Proposal[]> {
  const rows = await proposals(db)
    .where('proposal.taken_into', '=', versionId)
    .orderBy('proposal.aspect_code')
    .orderBy('proposal.created_at')
    .execute();
  return rows.map(toProposal);
}

type Given = Pick<Proposal, 'other' | 'self' | 'reason'> & { authorId: string; at: string };

const texts = ({ other, self, reason, authorId, at }: Given) => ({
  other_nl: other.nl,
  other_en: other.en,
  self_nl: self.nl,
  self_en: self.en,
  reason,
  author_user_id: authorId,
  changed_at: at,
});

export async function insert(
  db: Db,
  proposal: Given & Pick<Proposal, 'id' | 'roundId' | 'versionId' | 'aspect'>,
): Promise<void> {
  await db
    .insertInto('wording_proposal')
    .values({
      ...texts(proposal),
      id: proposal.id,
      round_id: proposal.roundId,
      instrument_version_id: proposal.versionId,
      aspect_code: proposal.aspect,
      status: 'open',
      created_at: proposal.at,
    })
    .execute();
}

/** Writes an open proposal anew. */
export async function update(db: Db, { id, revision }: Pick<Proposal, 'id' | 'revision'>, given: Given): Promise<void> {
  await db
    .updateTable('wording_proposal')
    .set({ ...texts(given), revision: revision + 1 })
    .where('id', '=', id)
    .execute();
}

/** Closes a proposal: taken over into a draft, or not (null). */
export async function close(db: Db, id: string, takenInto: string | null): Promise<void> {
  await db
    .updateTable('wording_proposal')
    .set((eb) => ({
      status: takenInto === null ? 'declined' : 'taken',
      taken_into: takenInto,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function remove(db: Db, id: string): Promise<void> {
  await db.deleteFrom('wording_proposal').where('id', '=', id).execute();
}
