import { sql, type Kysely } from 'kysely';

/**
 * Who has confirmed, before opening a report, that it is for development and no appraisal (product.md, Disclosure
 * rules): once a person and school round.
 */
const tables = [
  `create table report_confirmation (
    school_round_id text not null references school_round (id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    confirmed_at text not null,
    primary key (school_round_id, person_id)
  ) strict, without rowid`,
  `create index report_confirmation_person on report_confirmation (person_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
}
