import { sql, type Kysely } from 'kysely';

/**
 * What trainers made of the session that a round's figures propose (conversation/next-session.ts): an aspect in the place
 * of a proposed one, and notes; `aspect` is empty for the note on the session as a whole. A note that was emptied keeps its
 * row, for its version tells whoever has it open that somebody changed it.
 */
const steps = [
  `create table next_session_swap (
    round_id text not null references round (id) on delete cascade,
    proposed text not null, aspect text not null, made_at text not null,
    primary key (round_id, proposed), unique (round_id, aspect), check (proposed <> aspect)
  ) strict, without rowid`,
  `create table next_session_note (
    round_id text not null references round (id) on delete cascade,
    aspect text not null, text text not null, version integer not null,
    primary key (round_id, aspect)
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
