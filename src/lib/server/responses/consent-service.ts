import { DomainError } from '#lib/errors.ts';
import { inTransaction } from '#lib/server/db/in-transaction.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as snapshots from '#lib/server/reports/erasure-service.ts';
import * as queries from './queries.ts';
import { open } from './service.ts';

/**
 * A teacher takes back the yes to being recognised, after submitting: the teachers' view goes from the report, remarks too,
 * and nobody is told who it was (rules.md, Shown and withheld). The form counts as one that was submitted; sums over schools
 * stay. It cannot be undone, for what is gone from the report is gone, also where a trainer
 * opens the form again (`chooseConsent`); before submitting the choice is on the first page.
 * Twice is harmless. Not in the log, which would say who; the journal has it, so that no copy brings it back.
 * @throws DomainError link_unknown; not_found where there is no yes to take back
 */
export function takeConsentBack(db: Db, publicId: string, sessionToken: string | undefined): Promise<void> {
  return inTransaction(db, async (trx) => {
    const form = await open(trx, publicId, sessionToken);
    if (!form.asksConsent || form.status !== 'submitted' || form.consent === null) {
      throw new DomainError('not_found');
    }
    if (!form.consent) return;
    await queries.takeConsentBack(trx, form.responseId);
    await snapshots.withholdTeachers(trx, await queries.invitationOf(trx, form.responseId));
  });
}
