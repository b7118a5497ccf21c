import { sql, type Kysely } from 'kysely';

/**
 * What somebody handed in for an assignment, one row a person: text, a link and a file, or some of them. Handing in again
 * replaces it and raises `version`; feedback counts its own, for two trainers at once. At the end of the term of a programme
 * the row stays without its words and its file, for the count. The bytes of a file stand apart, so that a list reads none.
 */
const steps = [
  `create table hand_in (
    id text primary key not null, assignment_id text not null references assignment (id) on delete cascade,
    person_id text not null references person (id) on delete cascade,
    text text not null, link text not null, handed_in_at text not null, version integer not null default 1,
    feedback text, feedback_at text, feedback_by text references user (id) on delete set null,
    feedback_version integer not null default 0,
    unique (assignment_id, person_id), check ((feedback is null) = (feedback_at is null))
  ) strict`,
  `create index hand_in_person on hand_in (person_id)`,
  `create index hand_in_feedback_by on hand_in (feedback_by)`,
  `create table hand_in_file (
    hand_in_id text primary key not null references hand_in (id) on delete cascade, name text not null,
    kind text not null check (kind in ('pdf', 'docx', 'odt', 'pptx', 'odp', 'jpg', 'png')),
    size integer not null, bytes blob not null
  ) strict`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
