import { validate as isUuid } from 'uuid';
import type { UserActor } from '#lib/permissions.ts';
import type { Db } from '#lib/server/db/open.ts';
import { countAttempt } from '#lib/server/limits/service.ts';
import { record, type AuditObject } from './service.ts';

/** Somebody who tries again and again is one thing to know, not a hundred lines. */
const AN_OBJECT = { max: 3, seconds: 3600 };
const A_PERSON = { max: 30, seconds: 3600 };

/** The parameters of addresses that name an object, the innermost first. */
const OBJECTS: readonly [string, AuditObject['type']][] = [
  ['schoolRound', 'school_round'],
  ['round', 'round'],
  ['series', 'series'],
  ['cohort', 'cohort'],
  ['user', 'user'],
];

type Asked = { route: string; method: string; params: Partial<Record<string, string>> };

/**
 * Writes down that somebody was refused something: of what the address says only ids, for anybody can write there. At most
 * three lines an hour about one object, thirty in all.
 */
export async function recordRefusal(db: Db, actor: UserActor, asked: Asked, now: Date): Promise<void> {
  const object = objectOf(asked);
  const isNews =
    (await countAttempt(db, `refused:${actor.userId}:${object.id}`, AN_OBJECT, now)) &&
    (await countAttempt(db, `refused:${actor.userId}`, A_PERSON, now));
  if (!isNews) return;
  const { route, method } = asked;
  await record(db, actor, 'access.refused', object, object.type === 'page' ? { method } : { method, route });
}

function objectOf({ route, params }: Asked): AuditObject {
  for (const [name, type] of OBJECTS) {
    const id = params[name];
    if (id !== undefined && isUuid(id)) return { type, id };
  }
  return { type: 'page', id: route };
}
