import { sql, type Kysely } from 'kysely';

/**
 * People who sign in (second factor, limits), rounds with dates, mail that waits to be sent, and the jobs that do what is
 * due. Columns `version` let a form say which state it was made from, so that of two trainers who change the same thing
 * nobody's change is lost silently.
 */
const steps = [
  // --- accounts: better-auth's plugin for time-based codes, and what we keep beside it --------------------------
  `alter table user add column two_factor_enabled integer not null default 0 check (two_factor_enabled in (0, 1))`,
  `alter table user add column language text not null default 'nl' check (language in ('nl', 'en'))`,
  `create table two_factor (
    id text primary key, secret text not null, backup_codes text not null,
    user_id text not null references user (id) on delete cascade,
    verified integer not null default 1 check (verified in (0, 1)), failed_verification_count integer not null default 0,
    locked_until text
  ) strict`,
  `create index two_factor_user on two_factor (user_id)`,
  // When this session gave its second factor; until then somebody of whom it is asked reaches nothing else.
  `alter table session add column second_factor_at text`,
  // How often something was tried, by a hashed key (a session, a token, an address): rules.md, Links and mail.
  `create table attempt (
    key text primary key, count integer not null check (count >= 1), resets_at text not null
  ) strict, without rowid`,
  `create index audit_event_at on audit_event (at)`,
  `create index audit_event_actor on audit_event (actor_user_id, at)`,

  // --- cohorts, people and rounds -------------------------------------------------------------------------------
  `alter table person add column language text not null default 'nl' check (language in ('nl', 'en'))`,
  `alter table cohort add column version integer not null default 1`,
  `alter table series add column version integer not null default 1`,
  // An IB'er who left the cohort: what was measured stays, nothing new is asked.
  `alter table series add column left_at text`,
  `alter table round add column version integer not null default 1`,
  // Days in the time zone of the schools (yyyy-mm-dd): the round opens at the start of one, and closes at the end of the
  // other; null: by hand.
  `alter table round add column opens_on text`,
  `alter table round add column closes_on text`,
  `alter table round add column reminds integer not null default 1 check (reminds in (0, 1))`,

  // --- mail: what to whom, by ids; it is written as it is sent --------------------------------------------------
  `create table mail (
    id text primary key, template text not null check (template in ('sign_in', 'invitation', 'reminder', 'replacement',
      'address_replaced', 'receipt', 'report_released', 'trainer_summary', 'test')),
    person_id text references person (id) on delete cascade, user_id text references user (id) on delete cascade,
    address text, language text check (language in ('nl', 'en')),
    round_id text references round (id) on delete cascade, about text not null, once_key text not null unique,
    status text not null check (status in ('waiting', 'sent', 'failed', 'dropped')),
    attempts integer not null check (attempts >= 0), due_at text not null, claimed_until text, fault text,
    created_at text not null, sent_at text,
    check ((person_id is not null) + (user_id is not null) + (address is not null) = 1),
    check ((address is not null) = (language is not null)), check ((status = 'sent') = (sent_at is not null))
  ) strict`,
  `create index mail_due on mail (due_at) where status = 'waiting'`,
  `create index mail_person on mail (person_id, template, created_at)`,
  `create index mail_user on mail (user_id)`,
  `create index mail_round on mail (round_id, status)`,

  // --- jobs -----------------------------------------------------------------------------------------------------
  `create table job (name text primary key, due_at text not null, claimed_until text) strict, without rowid`,
  `create table job_run (
    id text primary key, name text not null, started_at text not null, finished_at text,
    outcome text check (outcome in ('done', 'failed')), detail text not null,
    check ((outcome is null) = (finished_at is null))
  ) strict`,
  `create index job_run_name on job_run (name, started_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
