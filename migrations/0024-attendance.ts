import { sql, type Kysely } from 'kysely';

/**
 * Who was at a session, one row a person: `role` is in what role somebody took part that day. Whoever is not filled in has
 * no row, so that undoing leaves nothing behind.
 */
const steps = [
  `create table attendance (
    session_id text not null references training_session (id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    role text not null check (role in ('director', 'ib')),
    presence text not null check (presence in ('present', 'absent')), marked_at text not null,
    primary key (session_id, person_id)
  ) strict, without rowid`,
  `create index attendance_person on attendance (person_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
