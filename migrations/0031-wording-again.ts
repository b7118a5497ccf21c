import { sql, type Kysely } from 'kysely';

/**
 * A round may have several proposals for one aspect, one after another: what was taken over or declined stays as it was
 * given, and who proposes again gives a new one. SQLite cannot drop a `unique` of a table, so the table is made anew.
 */
const steps = [
  `create table wording_proposal_again (
    id text primary key not null, round_id text not null references round (id) on delete cascade,
    instrument_version_id text not null references instrument_version (id),
    aspect_code text not null, author_user_id text references user (id) on delete set null,
    other_nl text not null, other_en text not null, self_nl text not null, self_en text not null, reason text not null,
    status text not null check (status in ('open', 'taken', 'declined')),
    taken_into text references instrument_version (id) on delete set null,
    revision integer not null default 1, created_at text not null, changed_at text not null
  ) strict`,
  `insert into wording_proposal_again
    select id, round_id, instrument_version_id, aspect_code, author_user_id, other_nl, other_en, self_nl, self_en, reason,
      status, taken_into, revision, created_at, changed_at from wording_proposal`,
  `drop table wording_proposal`,
  `alter table wording_proposal_again rename to wording_proposal`,
  `create index wording_proposal_round on wording_proposal (round_id, aspect_code)`,
  `create index wording_proposal_version on wording_proposal (instrument_version_id)`,
  `create index wording_proposal_taken on wording_proposal (taken_into)`,
  `create index wording_proposal_author on wording_proposal (author_user_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
