import { sql, type Kysely } from 'kysely';

/**
 * The spine: who (partnership, school, person, programme, cohort, series, team), when (round, school round), what was
 * asked (instrument, competency, aspect), what was answered (invitation, response, answer, scale answer), what may be
 * shown of it (snapshot), and accounts. Words: product.md; keys and constraints: rules.md.
 * Times are ISO-8601 UTC text; in the answer table integers (milliseconds), for size.
 */
const tables = [
  // --- accounts: the four tables of better-auth, in our naming -------------------------------------------------
  `create table user (
    id text primary key, name text not null, email text not null unique, email_verified integer not null,
    image text, created_at text not null, updated_at text not null
  ) strict`,
  `create table session (
    id text primary key, token text not null unique, user_id text not null references user (id) on delete cascade,
    expires_at text not null, ip_address text, user_agent text, created_at text not null, updated_at text not null
  ) strict`,
  `create index session_user on session (user_id)`,
  `create table account (
    id text primary key, account_id text not null, provider_id text not null,
    user_id text not null references user (id) on delete cascade, access_token text, refresh_token text, id_token text,
    access_token_expires_at text, refresh_token_expires_at text, scope text, password text,
    created_at text not null, updated_at text not null
  ) strict`,
  `create index account_user on account (user_id)`,
  `create table verification (
    id text primary key, identifier text not null, value text not null, expires_at text not null,
    created_at text not null, updated_at text not null
  ) strict`,
  `create index verification_identifier on verification (identifier)`,

  // --- instruments ---------------------------------------------------------------------------------------------
  `create table instrument_version (
    id text primary key, key text not null, version text not null, title text not null,
    status text not null check (status in ('draft', 'published', 'retired')),
    document text not null, created_at text not null, published_at text,
    unique (key, version), check ((status = 'draft') = (published_at is null))
  ) strict`,
  `create table competency (
    id integer primary key not null, instrument_version_id text not null references instrument_version (id) on delete cascade,
    code text not null, position integer not null, unique (instrument_version_id, code)
  ) strict`,
  `create table aspect (
    id integer primary key not null, competency_id integer not null references competency (id) on delete cascade,
    instrument_version_id text not null references instrument_version (id) on delete cascade,
    code text not null, position integer not null, unique (instrument_version_id, code)
  ) strict`,
  `create index aspect_competency on aspect (competency_id)`,

  // --- who -----------------------------------------------------------------------------------------------------
  `create table partnership (id text primary key, name text not null unique, created_at text not null) strict`,
  `create table programme (
    id text primary key, partnership_id text not null references partnership (id), name text not null,
    created_at text not null, unique (partnership_id, name)
  ) strict`,
  `create table school (
    id text primary key, name text not null, brin text unique, created_at text not null
  ) strict`,
  // A school is known by its BRIN; without one by its name.
  `create unique index school_name_without_brin on school (name) where brin is null`,
  `create table person (
    id text primary key, name text, email text unique, user_id text unique references user (id) on delete set null,
    import_key text unique, created_at text not null
  ) strict`,
  `create table cohort (
    id text primary key, programme_id text references programme (id), name text not null unique,
    trainer_sees_schools integer not null check (trainer_sees_schools in (0, 1)), created_at text not null
  ) strict`,
  `create index cohort_programme on cohort (programme_id)`,
  `create table role_grant (
    id text primary key, user_id text not null references user (id) on delete cascade,
    role text not null check (role in ('admin', 'trainer', 'steering')),
    cohort_id text references cohort (id) on delete cascade,
    programme_id text references programme (id) on delete cascade, created_at text not null,
    check (role <> 'admin' or (cohort_id is null and programme_id is null)),
    check (role <> 'trainer' or programme_id is null), check (role <> 'steering' or cohort_id is null)
  ) strict`,
  `create unique index role_grant_once on role_grant (user_id, role, coalesce(cohort_id, ''), coalesce(programme_id, ''))`,
  `create table series (
    id text primary key, cohort_id text not null references cohort (id), school_id text not null references school (id),
    ratee_id text not null references person (id), created_at text not null, unique (cohort_id, school_id, ratee_id)
  ) strict`,
  `create index series_school on series (school_id)`,
  `create index series_ratee on series (ratee_id)`,
  // Who is asked about this IB'er from now on. Rounds make their invitations from it.
  `create table team_member (
    id text primary key, series_id text not null references series (id) on delete cascade,
    person_id text not null references person (id), role text not null check (role in ('director', 'ib', 'teacher')),
    joined_at text not null, left_at text
  ) strict`,
  `create unique index team_member_person on team_member (series_id, person_id) where left_at is null`,
  `create unique index team_member_director on team_member (series_id) where left_at is null and role = 'director'`,
  `create unique index team_member_ib on team_member (series_id) where left_at is null and role = 'ib'`,
  `create index team_member_by_person on team_member (person_id)`,

  // --- when ----------------------------------------------------------------------------------------------------
  `create table round (
    id text primary key, cohort_id text not null references cohort (id), number integer not null check (number >= 0),
    name text not null, instrument_version_id text not null references instrument_version (id),
    origin text not null check (origin in ('app', 'import')),
    status text not null check (status in ('planned', 'open', 'closed')),
    opened_at text, closed_at text, created_at text not null,
    unique (cohort_id, number), unique (cohort_id, name), check ((status = 'closed') = (closed_at is not null))
  ) strict`,
  `create index round_instrument on round (instrument_version_id)`,
  `create table school_round (
    id text primary key, series_id text not null references series (id), round_id text not null references round (id),
    mode text not null check (mode in ('protected', 'open')), released_at text, created_at text not null,
    unique (series_id, round_id)
  ) strict`,
  `create index school_round_round on school_round (round_id)`,

  // --- what was answered ---------------------------------------------------------------------------------------
  `create table invitation (
    id text primary key, school_round_id text not null references school_round (id) on delete cascade,
    person_id text not null references person (id), role text not null check (role in ('director', 'ib', 'teacher')),
    generation integer not null check (generation >= 1), token_hash text not null unique,
    created_at text not null, withdrawn_at text
  ) strict`,
  `create unique index invitation_person on invitation (school_round_id, person_id) where withdrawn_at is null`,
  `create unique index invitation_director on invitation (school_round_id) where withdrawn_at is null and role = 'director'`,
  `create unique index invitation_ib on invitation (school_round_id) where withdrawn_at is null and role = 'ib'`,
  `create index invitation_by_person on invitation (person_id)`,
  `create table response (
    id integer primary key not null, public_id text not null unique, invitation_id text not null unique references invitation (id),
    instrument_version_id text not null references instrument_version (id),
    consent integer check (consent in (0, 1)), page_seed integer not null,
    status text not null check (status in ('started', 'submitted')), started_at text not null, submitted_at text,
    check ((status = 'submitted') = (submitted_at is not null))
  ) strict`,
  // A missing row, or one with neither score nor cannot_judge, is "not answered".
  `create table answer (
    response_id integer not null references response (id) on delete cascade,
    aspect_id integer not null references aspect (id), score integer check (score between 1 and 5),
    cannot_judge integer not null check (cannot_judge in (0, 1)),
    reason text check (reason in ('not_seen', 'unclear')), unclear integer not null check (unclear in (0, 1)),
    comment text, changed_at integer not null,
    primary key (response_id, aspect_id), check (score is null or cannot_judge = 0),
    check (reason is null or cannot_judge = 1)
  ) strict, without rowid`,
  // The scale question (0-10): 'now' with the form, 'then' after submitting. Notes: JSON list, one text a follow-up.
  `create table scale_answer (
    response_id integer not null references response (id) on delete cascade,
    competency_id integer not null references competency (id), moment text not null check (moment in ('now', 'then')),
    value integer check (value between 0 and 10), notes text not null, changed_at integer not null,
    primary key (response_id, competency_id, moment)
  ) strict, without rowid`,
  `create table rater_session (
    token_hash text primary key, response_id integer not null references response (id) on delete cascade,
    created_at text not null, expires_at text not null
  ) strict, without rowid`,
  `create index rater_session_response on rater_session (response_id)`,

  // --- what may be shown ---------------------------------------------------------------------------------------
  `create table snapshot (
    school_round_id text primary key references school_round (id) on delete cascade,
    document text not null, constants_version text not null, created_at text not null
  ) strict, without rowid`,
  `create table round_snapshot (
    round_id text primary key references round (id) on delete cascade,
    document text not null, constants_version text not null, created_at text not null
  ) strict, without rowid`,

  // --- keeping ---------------------------------------------------------------------------------------------------
  `create table setup_link (token_hash text primary key, expires_at text not null) strict, without rowid`,
  `create table audit_event (
    id text primary key, at text not null, actor text not null, actor_user_id text, action text not null,
    object_type text not null, object_id text not null, detail text not null
  ) strict`,
  `create index audit_event_object on audit_event (object_type, object_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
}
