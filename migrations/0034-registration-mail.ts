import { sql, type Kysely } from 'kysely';

/** One more kind of mail: about a school's registration. The table is made anew for its check, as in 0009. */
const columns = `id, template, person_id, user_id, address, language, round_id, about, once_key, status, attempts, due_at,
  claimed_until, fault, created_at, sent_at`;

const steps = [
  `create table mail_of_now (
    id text primary key, template text not null check (template in ('sign_in', 'invitation', 'reminder', 'replacement',
      'address_replaced', 'receipt', 'report_released', 'trainer_summary', 'test', 'account_added', 'account_changed',
      'registration')),
    person_id text references person (id) on delete cascade, user_id text references user (id) on delete cascade,
    address text, language text check (language in ('nl', 'en')),
    round_id text references round (id) on delete cascade, about text not null, once_key text not null unique,
    status text not null check (status in ('waiting', 'sent', 'failed', 'dropped')),
    attempts integer not null check (attempts >= 0), due_at text not null, claimed_until text, fault text,
    created_at text not null, sent_at text,
    check ((person_id is not null) + (user_id is not null) + (address is not null) = 1),
    check ((address is not null) = (language is not null)), check ((status = 'sent') = (sent_at is not null))
  ) strict`,
  `insert into mail_of_now (${columns}) select ${columns} from mail`,
  `drop table mail`,
  `alter table mail_of_now rename to mail`,
  `create index mail_due on mail (due_at) where status = 'waiting'`,
  `create index mail_person on mail (person_id, template, created_at)`,
  `create index mail_user on mail (user_id)`,
  `create index mail_round on mail (round_id, status)`,
  `create index mail_failed on mail (created_at, id) where status = 'failed'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of steps) await sql.raw(step).execute(db);
}
