import { sql, type Kysely } from 'kysely';

/**
 * Whether single answers go too at the end of the term (rules.md lets scores stay): as it was chosen, and as it was done in a
 * cohort. The journal (0019) says which, so that a copy that is put back has the same taken again.
 */
const steps = [
  `alter table retention add column answers text not null default 'kept' check (answers in ('kept', 'erased'))`,
  `alter table retention_cohort add column answers text not null default 'kept' check (answers in ('kept', 'erased'))`,
  `drop trigger journal_cohort_cleared`,
  `create trigger journal_cohort_cleared after update of cleared_on on retention_cohort
   when new.cleared_on is not null and new.cleared_on is not old.cleared_on
   begin insert into journal_entry (kind, object_id)
     values (case new.answers when 'erased' then 'cohort_answers_cleared' else 'cohort_cleared' end, new.cohort_id); end`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
