import { sql, type Kysely } from 'kysely';

/**
 * Erasing somebody, and what a restored backup must not undo.
 *
 * A person who was erased stays as a row where something hangs on it that others keep (an IB'er's series, a cohort's sums),
 * without anything that says who it was; the check keeps it so.
 *
 * What ends is noted by the database itself, so that no service can forget it: triggers write what ended into
 * `journal_entry`, and each commit moves that to the journal beside the backups first (db/journal.ts; rules.md, Shown and
 * withheld). Ids only. An invitation that comes back is noted too, for the last word about it counts.
 */
const steps = [
  `alter table person add column erased_at text check (erased_at is null
    or (name is null and email is null and user_id is null and import_key is null))`,
  `create table journal_entry (
    id integer primary key not null, kind text not null check (kind in ('person_erased', 'account_ended', 'role_ended',
      'second_factor_ended', 'invitation_withdrawn', 'invitation_restored', 'invitation_replaced', 'consent_withdrawn')),
    object_id text not null, generation integer,
    check ((kind = 'invitation_replaced') = (generation is not null))
  ) strict`,
  // Which journal this database is noted in: one row, the name in the first line of the file.
  `create table journal (id text primary key) strict, without rowid`,
  `create trigger journal_person_erased after update of erased_at on person
   when old.erased_at is null and new.erased_at is not null
   begin insert into journal_entry (kind, object_id) values ('person_erased', new.id); end`,
  `create trigger journal_account_ended after delete on user
   begin insert into journal_entry (kind, object_id) values ('account_ended', old.id); end`,
  `create trigger journal_role_ended after delete on role_grant
   begin insert into journal_entry (kind, object_id) values ('role_ended', old.id); end`,
  `create trigger journal_second_factor_ended after delete on two_factor
   begin insert into journal_entry (kind, object_id) values ('second_factor_ended', old.id); end`,
  `create trigger journal_invitation_withdrawn after update of withdrawn_at on invitation
   when old.withdrawn_at is null and new.withdrawn_at is not null
   begin insert into journal_entry (kind, object_id) values ('invitation_withdrawn', new.id); end`,
  `create trigger journal_invitation_gone after delete on invitation
   begin insert into journal_entry (kind, object_id) values ('invitation_withdrawn', old.id); end`,
  `create trigger journal_invitation_restored after update of withdrawn_at on invitation
   when old.withdrawn_at is not null and new.withdrawn_at is null
   begin insert into journal_entry (kind, object_id) values ('invitation_restored', new.id); end`,
  `create trigger journal_invitation_replaced after update of generation on invitation
   when new.generation > old.generation
   begin insert into journal_entry (kind, object_id, generation)
     values ('invitation_replaced', new.id, new.generation); end`,
  `create trigger journal_consent_withdrawn after update of consent on response
   when old.consent = 1 and new.consent = 0
   begin insert into journal_entry (kind, object_id) values ('consent_withdrawn', new.invitation_id); end`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
