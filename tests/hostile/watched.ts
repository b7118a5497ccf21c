import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '#lib/server/db/open.ts';
import type { Place } from '../rights/stage.ts';

/** A row that was written, removed or altered, as it was or became. */
export type Change = { table: string; row: Record<string, unknown> };

/** The database of a stage, watched: what another process changed in it, and the way back to how it was. */
export type Watched = {
  /** What was changed since the last time that it was put back. */
  changes: () => Promise<Change[]>;
  /** Whether a row is of the cohort of this place: by its own id, or by a row that it refers to. */
  isOf: (change: Change, place: Place) => boolean;
  putBack: () => Promise<void>;
};

/** Counted and done by itself, whoever asks. */
const PASSING = ['attempt', 'job', 'job_run', 'journal_entry', 'mail_trouble', 'sqlite_sequence'];
/** What the log says of those who were refused. */
const REFUSALS = `'access.refused', 'sign_in.refused'`;

type Reference = { from: string; table: string; to: string | null };
type Shape = { name: string; columns: string[]; blobs: string[]; references: Reference[] };

/**
 * Watches every table with triggers, and keeps a copy to put back. The log may be put back too here: that it cannot
 * be altered is the business of tests/db/audit.test.ts.
 */
export async function watch(db: Db, dataDir: string, places: readonly Place[]): Promise<Watched> {
  const copy = join(dataDir, 'as-it-was.db');
  await run(db, `vacuum into '${copy}'`);
  const shapes = await shapesOf(db);
  await run(db, 'drop trigger audit_event_stays');
  await run(db, 'create table changed (at integer primary key, named text not null, row text not null)');
  for (const shape of shapes.filter(({ name }) => !PASSING.includes(name))) {
    for (const trigger of triggersOf(shape)) await run(db, trigger);
  }
  await run(db, 'pragma synchronous = off'); // a copy that is put back need not survive a power cut
  await run(db, `attach '${copy}' as kept`);
  const owned = new Map<Place, Set<string>>();
  for (const place of places) owned.set(place, await ownedBy(db, shapes, place));
  const shapeOf = new Map(shapes.map((shape) => [shape.name, shape]));

  return {
    async changes() {
      const { rows } = await sql<{ named: string; row: string }>`select named, row from changed order by at`.execute(
        db,
      );
      return rows.map(({ named, row }) => ({ table: named, row: JSON.parse(row) as Change['row'] }));
    },
    isOf({ table, row }, place) {
      const shape = shapeOf.get(table);
      return shape !== undefined && isOwned(shape, row, owned.get(place) ?? new Set());
    },
    async putBack() {
      await run(db, 'pragma foreign_keys = off');
      await db.transaction().execute(async (trx) => {
        for (const { name } of shapes) {
          await run(trx, `delete from main."${name}"`);
          await run(trx, `insert into main."${name}" select * from kept."${name}"`);
        }
        await run(trx, 'delete from changed');
      });
      await run(db, 'pragma foreign_keys = on');
    },
  };
}

async function shapesOf(db: Db): Promise<Shape[]> {
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'`.execute(
    db,
  );
  const shapes: Shape[] = [];
  for (const { name } of rows) {
    const columns = await sql<{
      name: string;
      type: string;
    }>`select name, type from pragma_table_info(${name})`.execute(db);
    const blobs = columns.rows.filter(({ type }) => type.toLowerCase() === 'blob').map((column) => column.name);
    const references = await sql<Reference>`select "from", "table", "to" from pragma_foreign_key_list(${name})`.execute(
      db,
    );
    shapes.push({ name, columns: columns.rows.map((column) => column.name), blobs, references: references.rows });
  }
  return shapes;
}

function triggersOf({ name, columns, blobs }: Shape): string[] {
  const rowOf = (moment: 'old' | 'new') => {
    // JSON holds no bytes.
    const value = (column: string) => (blobs.includes(column) ? `hex(${moment}."${column}")` : `${moment}."${column}"`);
    const pairs = columns.map((column) => `'${column}', ${value(column)}`);
    return `insert into changed (named, row) values ('${name}', json_object(${pairs.join(', ')}));`;
  };
  const trigger = (on: string, when: string, work: string) =>
    `create trigger changed_${name}_${on} after ${on} on "${name}" ${when} begin ${work} end`;
  const said = name === 'audit_event' ? `when new.action not in (${REFUSALS})` : '';
  return [
    trigger('insert', said, rowOf('new')),
    trigger('delete', '', rowOf('old')),
    // A session that is used is renewed.
    ...(name === 'session' ? [] : [trigger('update', '', rowOf('old') + rowOf('new'))]),
  ];
}

/** The rows of a place, from its cohorts down, with the people and the schools of its teams: as `table.column=value`. */
async function ownedBy(db: Db, shapes: readonly Shape[], { objects }: Place): Promise<Set<string>> {
  const owned = new Set([`cohort.id=${objects.cohort}`, `cohort.id=${objects.spare}`]);
  const everything = await Promise.all(
    shapes.map(async (shape) => {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(shape.name)}`.execute(db);
      return { shape, rows };
    }),
  );
  for (let before = 0; before !== owned.size;) {
    before = owned.size;
    for (const { shape, rows } of everything) {
      for (const row of rows.filter((each) => isOwned(shape, each, owned))) {
        for (const column of ['id', 'public_id']) {
          if (row[column] !== undefined) owned.add(`${shape.name}.${column}=${String(row[column])}`);
        }
        if (shape.name === 'team_member') owned.add(`person.id=${String(row['person_id'])}`);
        if (shape.name === 'series') owned.add(`school.id=${String(row['school_id'])}`);
      }
    }
  }
  return owned;
}

function isOwned({ name, references }: Shape, row: Change['row'], owned: ReadonlySet<string>): boolean {
  if (owned.has(`${name}.id=${String(row['id'])}`)) return true;
  return references.some(({ from, table, to }) => owned.has(`${table}.${to ?? 'id'}=${String(row[from])}`));
}

async function run(db: Db, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}
