import { sql, type Kysely } from 'kysely';

/**
 * Lists that are made in the browser, and wordings that trainers propose.
 *
 * A version that is a draft may be incomplete; its parts get their rows (`competency`, `aspect`) when it is published.
 * `revision` counts its changes, so that two administrators do not overwrite each other; `based_on` is the version that it
 * is compared with. A part that was taken out of a draft waits in `removed_part` until it is put back or the draft ends.
 * That a published version never changes is kept here too, whatever the code above does.
 */
const steps = [
  `alter table instrument_version add column revision integer not null default 1`,
  `alter table instrument_version add column based_on text references instrument_version (id) on delete set null`,
  `create trigger instrument_version_stays before update of key, version, title, document on instrument_version
    when old.status <> 'draft'
    begin select raise(abort, 'a published version of a list never changes'); end`,
  `create table removed_part (
    id text primary key not null,
    instrument_version_id text not null references instrument_version (id) on delete cascade,
    part text not null, removed_at text not null
  ) strict`,
  `create index removed_part_version on removed_part (instrument_version_id)`,
  // What a trainer would rather ask; one an aspect and round. Where the account or the draft goes, the proposal stays.
  `create table wording_proposal (
    id text primary key not null, round_id text not null references round (id) on delete cascade,
    instrument_version_id text not null references instrument_version (id),
    aspect_code text not null, author_user_id text references user (id) on delete set null,
    other_nl text not null, other_en text not null, self_nl text not null, self_en text not null, reason text not null,
    status text not null check (status in ('open', 'taken', 'declined')),
    taken_into text references instrument_version (id) on delete set null,
    revision integer not null default 1, created_at text not null, changed_at text not null,
    unique (round_id, aspect_code)
  ) strict`,
  `create index wording_proposal_version on wording_proposal (instrument_version_id)`,
  `create index wording_proposal_taken on wording_proposal (taken_into)`,
  `create index wording_proposal_author on wording_proposal (author_user_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
