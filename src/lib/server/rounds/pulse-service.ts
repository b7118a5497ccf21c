import { DomainError } from '#lib/errors.ts';
import { isPart } from '#lib/instrument/part.ts';
import type { Actor } from '#lib/permissions.ts';
import * as audit from '#lib/server/audit/service.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as instruments from '#lib/server/instruments/service.ts';
import { get } from './access.ts';
import { putAspects } from './pulse-queries.ts';
import type { Round } from './queries.ts';

/** A pulse round ("korte meting"): some aspects of the list, between two rounds that ask the whole of it. */

/**
 * Lets a round that is being planned ask these aspects alone, in the caller's transaction.
 * @throws DomainError pulse_aspects_wrong: none, all, one twice, or one that the list does not have
 */
export async function askOnly(
  trx: Db,
  round: Pick<Round, 'id' | 'instrumentVersionId'>,
  codes: readonly string[],
): Promise<void> {
  const { aspectIds } = await instruments.load(trx, round.instrumentVersionId);
  if (!isPart(codes, new Set(aspectIds.keys()))) throw new DomainError('pulse_aspects_wrong');
  const ids = codes.flatMap((code) => aspectIds.get(code) ?? []);
  await putAspects(trx, round.id, ids);
}

/**
 * Chooses the aspects of a pulse anew, as long as it is planned: once it is open, people were told how many there are.
 * @throws DomainError not_found, forbidden, round_opened, pulse_aspects_wrong; not_found too for a round that is no pulse
 */
export async function changeAspects(db: Db, actor: Actor, id: string, codes: readonly string[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    const round = await get(trx, actor, id);
    if (!round.isPulse) throw new DomainError('not_found');
    if (round.status !== 'planned') throw new DomainError('round_opened');
    await askOnly(trx, round, codes);
    await audit.record(trx, actor, 'round.aspects_changed', { type: 'round', id });
  });
}
