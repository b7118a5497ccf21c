import { baseCompetency } from '#lib/conversation/first-to-discuss.ts';
import { proposeSession, withSwaps } from '#lib/conversation/next-session.ts';
import type { SessionPick, SessionPlace, SessionProposal } from '#lib/conversation/next-session.ts';
import { DomainError } from '#lib/errors.ts';
import { COMMENT_LENGTH } from '#lib/form/answer.ts';
import type { Actor } from '#lib/permissions.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { nowIso } from '#lib/server/ids.ts';
import { loadAsked, type AskedList } from '#lib/server/instruments/asked-service.ts';
import * as reports from '#lib/server/reports/service.ts';
import * as queries from './queries.ts';

/** The note on the session as a whole, beside those on its aspects. */
export const WHOLE = '';

/** A session as trainers made it: its places, what else could be swapped in, and notes by aspect code (or `WHOLE`). */
export type NextSession = {
  places: SessionPlace[];
  others: SessionPick[];
  notes: ReadonlyMap<string, queries.Note>;
};

/** The session of a round whose figures the caller was given: who may see those may see this. */
export async function ofRound(db: Db, figures: reports.RoundFigures, list: AskedList): Promise<NextSession> {
  const notes = await queries.listNotes(db, figures.round.id);
  return {
    ...withSwaps(proposalOf(figures, list), await queries.listSwaps(db, figures.round.id)),
    notes: new Map(notes.map((note) => [note.aspect, note])),
  };
}

/** The session that the rules propose, from what this viewer may see (conversation/next-session.ts). */
function proposalOf(figures: reports.RoundFigures, list: AskedList): SessionProposal {
  const flags = new Map(figures.clarity.map((row) => [row.aspect, row.flags]));
  const aspects = figures.aspects.map(({ code, competency, gaps }) => ({
    ...{ code, competency, flags: flags.get(code) ?? [] },
    gaps: {
      ib_director: shownGap(gaps.ib_director),
      ib_teacher: shownGap(gaps.ib_teacher),
      director_teacher: shownGap(gaps.director_teacher),
    },
  }));
  return proposeSession(aspects, baseCompetency(list.instrument.competencies));
}

function shownGap({ n, size, large }: reports.GapOverSchools) {
  return size === null || large === null ? null : { n, size, large };
}

/** A place by the aspect that the rules proposed for it, with the aspect that was seen there. */
export type SeenPlace = { proposed: string; seen: string };

/** A note as it was typed, with the version that it was typed over; 0 where there was none. */
export type TypedNote = queries.Note;

/**
 * Stores the notes that were changed, and then puts another aspect in a place, or (`to` null) the proposed one back. All or
 * nothing: of two trainers nobody's change is lost silently.
 * @returns the version that each of these notes has now, by its aspect
 * @throws DomainError not_found, forbidden, round_not_closed, comment_too_long, unknown_aspect (not one that can
 * be swapped in), changed_meanwhile (another note stands there now, or another aspect)
 */
export async function change(
  db: Db,
  actor: Actor,
  roundId: string,
  notes: readonly TypedNote[],
  swap: (SeenPlace & { to: string | null }) | null = null,
): Promise<Record<string, number>> {
  return inTransaction(db, async (trx) => {
    const figures = await reports.roundFigures(trx, actor, roundId);
    if (figures === null) throw new DomainError('round_not_closed');
    const { instrumentVersionId } = figures.round;
    const list = await loadAsked(trx, { roundId, instrumentVersionId });
    const stands = await ofRound(trx, figures, list);
    const versions = await storeNotes(trx, roundId, notes, stands, list);
    if (swap !== null) await storeSwap(trx, roundId, swap, stands);
    return versions;
  });
}

async function storeNotes(
  trx: Db,
  roundId: string,
  notes: readonly TypedNote[],
  stands: NextSession,
  list: AskedList,
): Promise<Record<string, number>> {
  const versions: Record<string, number> = {};
  for (const note of notes) {
    if (note.text.length > COMMENT_LENGTH) throw new DomainError('comment_too_long');
    if (note.aspect !== WHOLE && !list.aspectIds.has(note.aspect)) throw new DomainError('unknown_aspect');
    const { text = '', version = 0 } = stands.notes.get(note.aspect) ?? {};
    versions[note.aspect] = version;
    if (note.text === text) continue; // what is there already needs no storing
    if (!(await queries.putNote(trx, roundId, note))) throw new DomainError('changed_meanwhile');
    versions[note.aspect] = note.version + 1;
  }
  return versions;
}

async function storeSwap(
  trx: Db,
  roundId: string,
  { proposed, seen, to }: SeenPlace & { to: string | null },
  { places, others }: NextSession,
): Promise<void> {
  const place = places.find(({ code, insteadOf }) => (insteadOf?.code ?? code) === proposed);
  if (place?.code !== seen) throw new DomainError('changed_meanwhile');
  if (to === null || to === proposed) {
    await queries.deleteSwapsTo(trx, roundId, [seen]);
    return;
  }
  if (places.some(({ code }) => code === to)) throw new DomainError('changed_meanwhile'); // somebody put it elsewhere
  if (!others.some(({ code }) => code === to)) throw new DomainError('unknown_aspect');
  await queries.deleteSwapsTo(trx, roundId, [to]); // of a swap that no longer fits
  await queries.putSwap(trx, roundId, { proposed, aspect: to }, nowIso());
}
