import { isAboutTogether } from '#lib/instrument/aspects.ts';
import { partOf, partOfOutline } from '#lib/instrument/part.ts';
import type { Instrument } from '#lib/instrument/schema.ts';
import type { Role } from '#lib/instrument/types.ts';
import type { Db } from '#lib/server/db/open.ts';
import { listAskedIds } from './asked-queries.ts';
import { load, type LoadedInstrument } from './service.ts';

export { isAskedIn, isPulse } from './asked-queries.ts';

/**
 * A list as one round asks it: the whole of it, or of a pulse round the chosen aspects. What the round leaves out has no
 * key here, so that whoever saves, counts or reads by this list cannot come to it. The outline has every competency of
 * the list, those that are not asked without aspects.
 */
export type AskedList = LoadedInstrument & {
  isPulse: boolean;
  /** The whole list, for the names of what is not asked. */
  whole: Instrument;
};

/** Which round asks, and with which list. */
export type Asking = { roundId: string; instrumentVersionId: string };

// What a round asks never changes once it has opened, so it is read once: saving an answer costs no query for it.
const known = new WeakMap<Db, Map<string, AskedList>>();

/**
 * The list of a round that has opened, from memory when it was read before on this connection.
 * @throws DomainError not_found
 */
export async function loadAsked(db: Db, asking: Asking): Promise<AskedList> {
  const before = known.get(db)?.get(asking.roundId);
  if (before) return before;
  const asked = await readAsked(db, asking);
  const cache = known.get(db) ?? new Map<string, AskedList>();
  known.set(db, cache.set(asking.roundId, asked));
  return asked;
}

/** The same, of a round as services know it. */
export function askedByRound(db: Db, round: { id: string; instrumentVersionId: string }): Promise<AskedList> {
  return loadAsked(db, { roundId: round.id, instrumentVersionId: round.instrumentVersionId });
}

/**
 * The same for a round that is planned, of which the aspects may still change: read anew each time.
 * @throws DomainError not_found
 */
export async function readAsked(db: Db, { roundId, instrumentVersionId }: Asking): Promise<AskedList> {
  const list = await load(db, instrumentVersionId);
  const ids = new Set(await listAskedIds(db, roundId));
  return ids.size === 0 ? { ...list, isPulse: false, whole: list.instrument } : narrowed(list, ids);
}

/**
 * Whom a round asks: the roles of its list (rules.md, Who, what, when). Nobody in another role is invited, waited for or
 * missed.
 * @throws DomainError not_found
 */
export async function rolesAsked(
  db: Db,
  { instrumentVersionId }: Pick<Asking, 'instrumentVersionId'>,
): Promise<ReadonlySet<Role>> {
  const { instrument } = await load(db, instrumentVersionId);
  return new Set(instrument.roles.map(({ key }) => key));
}

/**
 * Whether what a round asks is about what director and IB'er do together (`isAboutTogether`).
 * @throws DomainError not_found
 */
export async function asksTogether(db: Db, asking: Asking): Promise<boolean> {
  return isAboutTogether((await readAsked(db, asking)).instrument);
}

function narrowed(list: LoadedInstrument, ids: ReadonlySet<number>): AskedList {
  const aspectIds = new Map([...list.aspectIds].filter(([, id]) => ids.has(id)));
  const instrument = partOf(list.instrument, new Set(aspectIds.keys()));
  const asks = new Set(instrument.competencies.map(({ code }) => code));
  const competencyIds = new Map([...list.competencyIds].filter(([code]) => asks.has(code)));
  return {
    id: list.id,
    instrument,
    outline: partOfOutline(list.outline, new Set(aspectIds.keys())),
    aspectIds,
    aspectCodes: new Map([...aspectIds].map(([code, id]) => [id, code])),
    competencyIds,
    competencyCodes: new Map([...competencyIds].map(([code, id]) => [id, code])),
    isPulse: true,
    whole: list.instrument,
  };
}
