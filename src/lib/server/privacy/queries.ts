import type { Db } from '#lib/server/db/open.ts';
import type { KeptNotice, PrivacyNotice } from './service.ts';

export async function findNotice(db: Db): Promise<KeptNotice | undefined> {
  const row = await db.selectFrom('privacy_contact').selectAll().executeTakeFirst();
  return (
    row && {
      controller: row.controller,
      controllerEmail: row.controller_email,
      officer: row.officer,
      officerEmail: row.officer_email,
      arrangement: row.arrangement,
      basis: row.basis,
      basisReason: row.basis_reason,
      consentedOn: row.consented_on,
      server: row.server,
      mail: row.mail,
      trainers: row.trainers,
      changedOn: row.changed_on,
    }
  );
}

export async function setNotice(db: Db, notice: PrivacyNotice, changedOn: string): Promise<void> {
  const { controller, officer, arrangement, basis, server, mail, trainers } = notice;
  const row = {
    ...{ controller, officer, arrangement, basis, server, mail, trainers },
    controller_email: notice.controllerEmail,
    officer_email: notice.officerEmail,
    basis_reason: notice.basisReason,
    consented_on: notice.consentedOn,
    changed_on: changedOn,
  };
  await db
    .insertInto('privacy_contact')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
