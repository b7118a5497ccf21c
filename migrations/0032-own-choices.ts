import { sql, type Kysely } from 'kysely';

/**
 * What a rater ended for good is known as that, and no copy that is put back forgets it: the own link (its generation alone
 * does not tell it from a link that was replaced), and a yes to being recognised that was taken back after it was sent. A yes
 * that comes after a no is in the journal too, for the last word counts. The journal's table is made anew for its check, as in
 * 0019.
 */
const steps = [
  `create table journal_entry_kept as select * from journal_entry`,
  `drop table journal_entry`,
  `create table journal_entry (
    id integer primary key not null, kind text not null check (kind in ('person_erased', 'account_ended', 'role_ended',
      'second_factor_ended', 'invitation_withdrawn', 'invitation_restored', 'invitation_replaced', 'invitation_link_ended',
      'consent_withdrawn', 'consent_given', 'consent_taken_back', 'cohort_cleared', 'cohort_answers_cleared')),
    object_id text not null, generation integer,
    check ((kind = 'invitation_replaced') = (generation is not null))
  ) strict`,
  `insert into journal_entry select * from journal_entry_kept`,
  `drop table journal_entry_kept`,
  `alter table invitation add column link_ended_at text`,
  `create trigger journal_invitation_link_ended after update of link_ended_at on invitation
   when old.link_ended_at is null and new.link_ended_at is not null
   begin insert into journal_entry (kind, object_id) values ('invitation_link_ended', new.id); end`,
  `alter table response add column consent_is_final integer not null default 0 check (consent_is_final in (0, 1))`,
  `create trigger journal_consent_given after update of consent on response
   when old.consent = 0 and new.consent = 1
   begin insert into journal_entry (kind, object_id) values ('consent_given', new.invitation_id); end`,
  `create trigger journal_consent_taken_back after update of consent_is_final on response
   when old.consent_is_final = 0 and new.consent_is_final = 1
   begin insert into journal_entry (kind, object_id) values ('consent_taken_back', new.invitation_id); end`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
