import { sql, type Kysely } from 'kysely';

/**
 * Programme templates, and the plan that a cohort makes from one. The plan is a copy: a template that changes later changes
 * no running plan. Moments are UTC (ISO 8601) and days yyyy-mm-dd, as elsewhere; titles are in the language of whoever made
 * the cohort. What is cancelled keeps its row, so that it can be put back. `version` counts changes, for two trainers at once.
 * That a published template never changes is kept here too, as for lists (0015).
 */
const steps = [
  `create table programme_template (
    id text primary key not null, key text not null, version text not null, title text not null, document text not null,
    status text not null check (status in ('draft', 'published', 'retired')), revision integer not null default 1,
    created_at text not null, created_by text references user (id) on delete set null,
    unique (key, version)
  ) strict`,
  `create index programme_template_maker on programme_template (created_by)`,
  `create trigger programme_template_stays before update of key, version, title, document on programme_template
    when old.status <> 'draft'
    begin select raise(abort, 'a published version of a template never changes'); end`,
  `alter table cohort add column template_id text references programme_template (id) on delete set null`,
  `create index cohort_template on cohort (template_id)`,
  `alter table cohort add column starts_on text`,
  `create table training_session (
    id text primary key not null, cohort_id text not null references cohort (id) on delete cascade,
    year integer not null, starts_at text not null, ends_at text not null,
    title text not null, about text not null, place text not null, hours real not null,
    event text check (event = 'two_day'), cancelled_at text, version integer not null default 1
  ) strict`,
  `create index training_session_cohort on training_session (cohort_id, starts_at)`,
  `create table assignment (
    id text primary key not null, cohort_id text not null references cohort (id) on delete cascade,
    year integer not null, title text not null, about text not null, due_on text not null, hours real not null,
    cancelled_at text, version integer not null default 1
  ) strict`,
  `create index assignment_cohort on assignment (cohort_id, due_on)`,
  // When a round of this name is meant to be; the round itself is planned when it comes near (decisions.md).
  `create table planned_round (
    cohort_id text not null references cohort (id) on delete cascade, name text not null,
    year integer not null, on_day text not null, version integer not null default 1,
    primary key (cohort_id, name)
  ) strict, without rowid`,
  `create table ambition (
    id text primary key not null, programme_id text not null references programme (id) on delete cascade,
    position integer not null, title text not null, list_key text not null, aspects text not null
  ) strict`,
  `create index ambition_programme on ambition (programme_id, position)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
