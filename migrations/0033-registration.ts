import { sql, type Kysely } from 'kysely';

/**
 * Registration for a cohort. A cohort has one, with a secret link that is shared (its hash only); each school that registered
 * has a row, with a link of its own. Days are yyyy-mm-dd. `starts_on` is when the programme begins, from which is counted when
 * a row goes: `goes_on`, as the school was told, whatever becomes of that day. A row that was withdrawn holds no names and no addresses any more, and that it ended is noted in the journal
 * (0011) as somebody who was erased, so that no copy that is put back has them again. Of a director who was erased only that
 * place goes: the journal names the registration, and its version since, for a later one may name somebody else. The journal's
 * table is made anew for its check, as in 0019.
 */
const steps = [
  `create table journal_entry_kept as select * from journal_entry`,
  `drop table journal_entry`,
  `create table journal_entry (
    id integer primary key not null, kind text not null check (kind in ('person_erased', 'account_ended', 'role_ended',
      'second_factor_ended', 'invitation_withdrawn', 'invitation_restored', 'invitation_replaced', 'invitation_link_ended',
      'consent_withdrawn', 'consent_given', 'consent_taken_back', 'cohort_cleared', 'cohort_answers_cleared',
      'registration_director_erased')),
    object_id text not null, generation integer,
    check ((kind in ('invitation_replaced', 'registration_director_erased')) = (generation is not null))
  ) strict`,
  `insert into journal_entry select * from journal_entry_kept`,
  `drop table journal_entry_kept`,
  `create table registration (
    cohort_id text primary key not null references cohort (id) on delete cascade,
    min_people integer check (min_people between 1 and 500), max_people integer check (max_people between 1 and 500),
    pairs integer not null check (pairs in (0, 1)), last_on text not null, starts_on text not null, about text not null,
    token_hash text unique, link_made_at text, opened_at text not null, closed_at text,
    version integer not null default 1,
    check (min_people is null or max_people is null or min_people <= max_people), check (last_on <= starts_on),
    check ((token_hash is null) = (link_made_at is null))
  ) strict, without rowid`,
  `create table registration_entry (
    id text primary key not null, cohort_id text not null references registration (cohort_id) on delete cascade,
    school_name text not null, brin text, ib_name text, ib_email text, director_name text, director_email text,
    language text not null check (language in ('nl', 'en')),
    generation integer not null default 1, token_hash text not null unique,
    arrived_at text not null, goes_on text not null, told_waiting_at text, placed_at text, withdrawn_at text,
    series_id text references series (id) on delete set null, version integer not null default 1,
    check ((ib_name is null) = (ib_email is null)), check ((director_name is null) = (director_email is null)),
    check ((withdrawn_at is null) = (ib_email is not null)), check (ib_email is not null or director_email is null)
  ) strict`,
  `create index registration_entry_cohort on registration_entry (cohort_id, arrived_at)`,
  `create unique index registration_entry_brin on registration_entry (cohort_id, brin)
    where withdrawn_at is null and brin is not null`,
  `create unique index registration_entry_ib on registration_entry (cohort_id, ib_email) where withdrawn_at is null`,
  `create index registration_entry_address on registration_entry (ib_email)`,
  `create index registration_entry_director on registration_entry (director_email)`,
  `create index registration_entry_series on registration_entry (series_id)`,
  `create trigger journal_registration_withdrawn after update of withdrawn_at on registration_entry
   when old.withdrawn_at is null and new.withdrawn_at is not null
   begin insert into journal_entry (kind, object_id) values ('person_erased', new.id); end`,
  `create trigger journal_registration_gone after delete on registration_entry when old.withdrawn_at is null
   begin insert into journal_entry (kind, object_id) values ('person_erased', old.id); end`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
