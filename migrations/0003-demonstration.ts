import { sql, type Kysely } from 'kysely';

/**
 * What "load the demonstration" made at the top: cohorts, their programme and partnership, and accounts. Everything
 * else of it hangs on these. Pages that show it say so, and removing it takes these and nothing else (product.md, What
 * every part gets). Empty where there is none.
 */
const tables = [
  `create table demonstration (
    kind text not null check (kind in ('cohort', 'programme', 'partnership', 'user')), object_id text not null,
    primary key (kind, object_id)
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
}
