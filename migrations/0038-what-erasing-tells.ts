import { sql, type Kysely } from 'kysely';

/**
 * What an erasure must not tell. Once somebody who was asked how useful a session was is erased, its words are shown no more: the
 * line that goes would say whose it was. And of a view that went from a cohort's sums it is kept by whose erasure or refusal
 * (an id that is nothing else any more), so that one person at three schools is not taken for three. Null: it went before this was kept.
 */
const steps = [
  `alter table usefulness_question add column texts_withheld integer not null default 0 check (texts_withheld in (0, 1))`,
  `alter table view_gone add column person text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
