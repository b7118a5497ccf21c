import { sql, type Kysely } from 'kysely';

/**
 * How useful a session was (0–10), asked by personal link of whoever was there. An answer hangs on its link, and goes on
 * without it where somebody is erased: what was shown of it stands in `shown_…`, the figures that a trainer sees
 * (disclosure/usefulness.ts). `entry_hash` is the session that wrote it, the only one to which it is shown again.
 */
const steps = [
  `create table usefulness_question (
    session_id text primary key not null references training_session (id) on delete cascade,
    asked_at text not null, closes_at text not null, closed_at text
  ) strict, without rowid`,
  `create table usefulness_link (
    id text primary key not null, session_id text not null references usefulness_question (session_id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    token_hash text not null unique, created_at text not null, unique (session_id, person_id)
  ) strict`,
  `create index usefulness_link_person on usefulness_link (person_id)`,
  `create table usefulness_entry (
    token_hash text primary key not null, link_id text not null references usefulness_link (id) on delete cascade,
    created_at text not null, expires_at text not null
  ) strict, without rowid`,
  `create index usefulness_entry_link on usefulness_entry (link_id)`,
  `create table usefulness_answer (
    id integer primary key, session_id text not null references usefulness_question (session_id) on delete cascade,
    link_id text unique references usefulness_link (id) on delete set null, entry_hash text,
    value integer not null check (value between 0 and 10), useful text not null, more text not null, changed_at text not null,
    shown_value integer check (shown_value between 0 and 10), shown_useful text, shown_more text
  ) strict`,
  `create index usefulness_answer_session on usefulness_answer (session_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
