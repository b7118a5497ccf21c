import { sql, type Kysely } from 'kysely';

/** Who asked for no reminders of a round, by a press on the page of a personal link. Goes with the person and with the round. */
const steps = [
  `create table reminder_stop (
    round_id text not null references round (id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    stopped_at text not null,
    primary key (round_id, person_id)
  ) strict, without rowid`,
  `create index reminder_stop_person on reminder_stop (person_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
