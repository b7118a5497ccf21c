import { sql, type Kysely } from 'kysely';

/**
 * What a cohort shows of a closed round, summed when it closed (rules.md, Shown and withheld).
 *
 * `round_snapshot.sums` is null for a round that closed before there were sums; it is summed at the next start.
 * `round_change` has the change between two closed rounds of a cohort, earlier first. `view_gone` names the views that
 * were in those sums and are withheld since, because somebody was erased or took a consent back: the sums stay.
 */
const steps = [
  `alter table round_snapshot add column sums text`,
  `create table round_change (
    from_round_id text not null references round (id) on delete cascade,
    to_round_id text not null references round (id) on delete cascade,
    document text not null,
    primary key (from_round_id, to_round_id), check (from_round_id <> to_round_id)
  ) strict, without rowid`,
  `create index round_change_to on round_change (to_round_id)`,
  `create table view_gone (
    school_round_id text not null references school_round (id) on delete cascade,
    view text not null check (view in ('director', 'ib', 'teacher')),
    primary key (school_round_id, view)
  ) strict, without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
