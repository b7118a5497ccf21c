import type { Db } from '#lib/server/db/open.ts';
import * as queries from './log-queries.ts';
import type { AuditObject } from './service.ts';

type Lookup = (db: Db, ids: readonly string[]) => Promise<queries.NameRow[]>;

/** Where each kind of object has its name; null for what has none of its own. A new kind finds its place here. */
const LOOKUPS: Record<AuditObject['type'], Lookup | null> = {
  user: queries.namesOfUsers,
  person: queries.namesOfPeople,
  school: queries.namesOfSchools,
  cohort: queries.namesOfCohorts,
  programme: queries.namesOfProgrammes,
  series: queries.namesOfSeries,
  round: queries.namesOfRounds,
  school_round: queries.namesOfSchoolRounds,
  invitation: queries.namesOfInvitations,
  training_session: queries.namesOfSessions,
  mail: null,
  instrument: queries.namesOfInstruments,
  template: queries.namesOfTemplates,
  database: null,
  page: null,
};

export type ObjectRef = { type: string; id: string };

const isKnown = (type: string): type is keyof typeof LOOKUPS => Object.hasOwn(LOOKUPS, type);

/** How objects are called now: a statement a kind, however many lines name them. */
export class Names {
  readonly #names = new Map<string, string>();

  static async of(db: Db, objects: readonly ObjectRef[]): Promise<Names> {
    const names = new Names();
    for (const [type, refs] of Map.groupBy(objects, (object) => object.type)) {
      const lookup = isKnown(type) ? LOOKUPS[type] : null;
      if (lookup === null) continue;
      for (const { id, parts } of await lookup(db, [...new Set(refs.map((ref) => ref.id))])) {
        names.#names.set(id, parts.flatMap((part) => (part === null ? [] : [withoutAddress(part)])).join(', '));
      }
    }
    return names;
  }

  /** Its name; '' for what has none of its own; null for what is gone. */
  get({ type, id }: ObjectRef): string | null {
    if (isKnown(type) && LOOKUPS[type] === null) return '';
    return this.#names.get(id) ?? null;
  }
}

/** An account that was made without a name is called by its address, of which the log shows what stands before the @. */
export function withoutAddress(name: string): string {
  return name.replaceAll(/@\S*/g, '@…');
}
