import { DomainError } from '#lib/errors.ts';
import { changeAspect, findAspect } from '#lib/instrument/edit-draft.ts';
import type { AspectDraft, ListDraft } from '#lib/instrument/list-draft.ts';
import { isOther, reworded, type Wording } from '#lib/instrument/reword.ts';
import { may, type Actor, type UserActor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import { newId, nowIso } from '#lib/server/ids.ts';
import * as drafts from '#lib/server/instruments/drafts-service.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import * as queries from './queries.ts';
import { stageOf, type Stage } from './stage.ts';

export type { Stage } from './stage.ts';

/** A proposal, and how far it has come. */
export type Proposal = queries.Proposal & { stage: Stage };

/** What a trainer proposes: both statements, and why. */
export type Given = Wording & { reason: string };

/**
 * The proposal that somebody looked at, and as it was then; null where there was none. By its id too: what is withdrawn and
 * proposed anew counts from 1 again.
 */
export type Seen = Pick<queries.Proposal, 'id' | 'revision'> | null;

function isAsSeen(proposal: queries.Proposal | ForDraft | undefined, seen: Seen): boolean {
  return proposal?.id === seen?.id && proposal?.revision === seen?.revision;
}

/**
 * What was proposed in a round of one's own cohort, by aspect: one after another, the last of them first.
 * @throws DomainError not_found, forbidden
 */
export async function ofRound(db: Db, actor: Actor, roundId: string): Promise<Map<string, Proposal[]>> {
  await rounds.get(db, actor, roundId);
  const all: Proposal[] = [];
  for (const proposal of await queries.listOfRound(db, roundId)) {
    all.unshift({ ...proposal, stage: stageOf(proposal, await publishedAspect(db, proposal)) });
  }
  return Map.groupBy(all, ({ aspect }) => aspect);
}

async function publishedAspect(db: Db, { aspect, takenInto }: queries.Proposal): Promise<AspectDraft | undefined> {
  if (takenInto === null || takenInto.publishedAt === null) return undefined;
  return findAspect((await instruments.load(db, takenInto.id)).instrument, aspect)?.aspect;
}

/**
 * Proposes another wording for an aspect of a closed round's list. As long as the last proposal is open it is changed;
 * what was taken over or declined stays as it was given, and the new words are a proposal of their own.
 * @param seen the last proposal, as it was when the words were written
 * @throws DomainError not_found (the round, or an aspect that its list has not), forbidden, round_not_closed,
 *   changed_meanwhile, wording_unchanged (it is what the list asks, or the proposal that was taken over)
 */
export function propose(
  db: Db,
  actor: UserActor,
  roundId: string,
  aspect: string,
  seen: Seen,
  given: Given,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const round = await rounds.get(trx, actor, roundId);
    if (round.status !== 'closed') throw new DomainError('round_not_closed');
    const { instrument } = await instruments.load(trx, round.instrumentVersionId);
    const asked = findAspect(instrument, aspect)?.aspect;
    if (!asked) throw new DomainError('not_found');
    if (!isOther(asked, given)) throw new DomainError('wording_unchanged');
    const [last] = (await ofRound(trx, actor, roundId)).get(aspect) ?? [];
    if (!isAsSeen(last, seen)) throw new DomainError('changed_meanwhile');
    if (last && stands(last.stage) && isSame(last, given)) throw new DomainError('wording_unchanged');
    const written = { ...given, authorId: actor.userId, at: nowIso() };
    if (last?.status === 'open') await queries.update(trx, last, written);
    else {
      const versionId = round.instrumentVersionId;
      await queries.insert(trx, { ...written, id: newId(), roundId, versionId, aspect });
    }
    await audit.record(trx, actor, 'wording.proposed', { type: 'round', id: roundId }, { part: aspect });
  });
}

/** Whether the proposal is what the next version asks, or is about to. */
function stands(stage: Stage): boolean {
  return stage.kind === 'taken' || (stage.kind === 'published' && stage.asks === 'proposed');
}

function isSame(one: Wording, other: Wording): boolean {
  const texts = ({ other: others, self }: Wording) => JSON.stringify([others.nl, others.en, self.nl, self.en]);
  return texts(one) === texts(other);
}

/**
 * Takes the last proposal for an aspect back, which is still open. Again is harmless.
 * @throws DomainError not_found, forbidden; changed_meanwhile when it was changed, taken over or declined since
 */
export function withdraw(db: Db, actor: Actor, roundId: string, aspect: string, seen: Seen): Promise<void> {
  return inTransaction(db, async (trx) => {
    const [proposal] = (await ofRound(trx, actor, roundId)).get(aspect) ?? [];
    if (!proposal) return;
    if (!isAsSeen(proposal, seen) || proposal.status !== 'open') throw new DomainError('changed_meanwhile');
    await queries.remove(trx, proposal.id);
    await audit.record(trx, actor, 'wording.withdrawn', { type: 'round', id: roundId }, { part: aspect });
  });
}

/** A proposal beside what the draft says now. */
export type ForDraft = Omit<queries.Proposal, 'roundId'> & {
  /** The aspect as the draft has it; null when it has none of this code. */
  now: AspectDraft | null;
};

/** A proposal that was taken over, beside what the version says now. */
export type Taken = ForDraft & { isAsProposed: boolean };

/**
 * The open proposals for a list, beside one of its versions: who proposes what and why. No round, no cohort and no figure:
 * an administrator sees none.
 * @throws DomainError forbidden, not_found
 */
export async function forList(db: Db, actor: Actor, listId: string): Promise<ForDraft[]> {
  const { key, draft } = await drafts.open(db, actor, listId);
  return (await queries.listOpen(db, key)).map((proposal) => beside(draft, proposal));
}

/**
 * The proposals that were taken over into this version, beside what it says now: it may have been changed once more.
 * @throws DomainError forbidden, not_found
 */
export async function takenInto(db: Db, actor: Actor, listId: string): Promise<Taken[]> {
  const { draft } = await drafts.open(db, actor, listId);
  return (await queries.listTaken(db, listId)).map((proposal) => {
    const { now, ...rest } = beside(draft, proposal);
    return { ...rest, now, isAsProposed: now !== null && !isOther(now, proposal) };
  });
}

function beside(draft: ListDraft, { roundId: _, ...proposal }: queries.Proposal): ForDraft {
  return { ...proposal, now: findAspect(draft, proposal.aspect)?.aspect ?? null };
}

/**
 * Puts a proposed wording into a draft.
 * @param revision of the draft
 * @throws DomainError forbidden, not_found, instrument_not_draft, changed_meanwhile (the draft, or the proposal: it says
 *   something else, or is no longer open), part_gone when the draft has no such aspect
 */
export function takeOver(db: Db, actor: Actor, listId: string, revision: number, seen: Seen): Promise<void> {
  return inTransaction(db, async (trx) => {
    const proposal = await openProposal(trx, actor, listId, seen);
    const edit: Parameters<typeof drafts.change>[4] = (draft) => {
      const found = findAspect(draft, proposal.aspect);
      if (!found) return { ok: false, because: 'gone' };
      return changeAspect(draft, proposal.aspect, reworded(found.aspect, proposal), found.cluster.key);
    };
    await drafts.change(trx, actor, listId, revision, edit, proposal.aspect);
    await queries.close(trx, proposal.id, listId);
    await audit.record(trx, actor, 'wording.taken', { type: 'instrument', id: listId }, { part: proposal.aspect });
  });
}

/**
 * Leaves a proposal as it is: it is no longer open, and its trainer sees so.
 * @throws DomainError forbidden, not_found, changed_meanwhile when it says something else, or is no longer open
 */
export function decline(db: Db, actor: Actor, listId: string, seen: Seen): Promise<void> {
  return inTransaction(db, async (trx) => {
    const proposal = await openProposal(trx, actor, listId, seen);
    await queries.close(trx, proposal.id, null);
    await audit.record(trx, actor, 'wording.declined', { type: 'instrument', id: listId }, { part: proposal.aspect });
  });
}

async function openProposal(trx: Db, actor: Actor, listId: string, seen: Seen): Promise<ForDraft> {
  if (!may(actor, 'manage_instruments')) throw new DomainError('forbidden');
  const proposal = (await forList(trx, actor, listId)).find(({ id }) => id === seen?.id);
  if (!proposal || !isAsSeen(proposal, seen)) throw new DomainError('changed_meanwhile');
  return proposal;
}
