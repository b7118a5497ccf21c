import { sql, type Kysely } from 'kysely';

/**
 * That a cohort was cleared is noted in the journal too (0011), so that a copy of before does not bring back for a month
 * what retention took. `cohort_answers_cleared` is the same where the single answers went as well. The table is made anew for
 * its check, by dropping: renaming would be refused, for triggers name it.
 */
const steps = [
  `create table journal_entry_kept as select * from journal_entry`,
  `drop table journal_entry`,
  `create table journal_entry (
    id integer primary key not null, kind text not null check (kind in ('person_erased', 'account_ended', 'role_ended',
      'second_factor_ended', 'invitation_withdrawn', 'invitation_restored', 'invitation_replaced', 'consent_withdrawn',
      'cohort_cleared', 'cohort_answers_cleared')),
    object_id text not null, generation integer,
    check ((kind = 'invitation_replaced') = (generation is not null))
  ) strict`,
  `insert into journal_entry select * from journal_entry_kept`,
  `drop table journal_entry_kept`,
  `create trigger journal_cohort_cleared after update of cleared_on on retention_cohort
   when new.cleared_on is not null and new.cleared_on is not old.cleared_on
   begin insert into journal_entry (kind, object_id) values ('cohort_cleared', new.cohort_id); end`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
