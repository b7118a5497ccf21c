import type { Db } from '#lib/server/db/open.ts';
import type { PrivacyContact } from './service.ts';

export function findContact(db: Db): Promise<PrivacyContact | undefined> {
  return db
    .selectFrom('privacy_contact')
    .select(['controller', 'controller_email as controllerEmail', 'officer', 'officer_email as officerEmail'])
    .executeTakeFirst();
}

export async function setContact(db: Db, contact: PrivacyContact): Promise<void> {
  const { controller, controllerEmail, officer, officerEmail } = contact;
  const row = { controller, controller_email: controllerEmail, officer, officer_email: officerEmail };
  await db
    .insertInto('privacy_contact')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
