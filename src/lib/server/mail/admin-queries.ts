import type { Db } from '#lib/server/db/open.ts';
import type { Mail } from '#lib/server/db/schema.ts';
import { literally } from './status-queries.ts';

/** A mail as the administrator sees it in a list: to whom and why, not what it says. */
export type ListedMail = {
  id: string;
  template: Mail['template'];
  status: Mail['status'];
  name: string | null;
  email: string | null;
  createdAt: string;
  dueAt: string;
  sentAt: string | null;
  fault: string | null;
};

function listed(db: Db) {
  return db
    .selectFrom('mail')
    .leftJoin('person', 'person.id', 'mail.person_id')
    .leftJoin('user', 'user.id', 'mail.user_id')
    .select((eb) => [
      'mail.id',
      'mail.template',
      'mail.status',
      eb.fn.coalesce('person.name', 'user.name').as('name'),
      eb.fn.coalesce('person.email', 'user.email', 'mail.address').as('email'),
      'mail.created_at as createdAt',
      'mail.due_at as dueAt',
      'mail.sent_at as sentAt',
      'mail.fault',
    ]);
}

/** The mails that wait or failed, the oldest first. */
export function listMails(db: Db, status: 'waiting' | 'failed', limit: number): Promise<ListedMail[]> {
  return listed(db)
    .where('mail.status', '=', literally(status))
    .orderBy('mail.created_at')
    .orderBy('mail.id')
    .limit(limit)
    .execute();
}

/** The last test mail that this account asked for. */
export function findLastTest(db: Db, userId: string): Promise<ListedMail | undefined> {
  return listed(db)
    .where('mail.user_id', '=', userId)
    .where('mail.template', '=', 'test')
    .orderBy('mail.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export type Counts = { waiting: number; late: number; failed: number };

/** How many wait, wait since before `before`, and failed; each counted in the index that has only those. */
export async function countMails(db: Db, before: string): Promise<Counts> {
  const { waiting, late } = await db
    .selectFrom('mail')
    .select((eb) => [
      eb.fn.countAll<number>().as('waiting'),
      eb.fn.countAll<number>().filterWhere('created_at', '<', before).as('late'),
    ])
    .where('status', '=', literally('waiting'))
    .executeTakeFirstOrThrow();
  const { failed } = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('failed'))
    .where('status', '=', literally('failed'))
    .executeTakeFirstOrThrow();
  return { waiting, late, failed };
}
