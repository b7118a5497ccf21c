import { m } from '#lib/paraglide/messages.js';
import type { Actor } from '#lib/permissions.ts';
import * as certificates from '#lib/server/attendance/certificate-service.ts';
import * as audit from '#lib/server/audit/service.ts';
import { dayOf } from '#lib/server/days.ts';
import type { Db } from '#lib/server/db/open.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { plain } from './names.ts';
import { certificateDocument } from './pdf-certificate.ts';
import type { Download } from './service.ts';
import { writePdf } from './write-pdf.ts';

/** How a certificate is made: in which language, as things are at which moment; `signal` ends when nobody waits. */
type Making = { locale: Locale; now: Date; signal?: AbortSignal };

/**
 * A participant's certificate of attendance as a file, for the cohort's trainer; written to the log.
 * @throws DomainError not_found, forbidden, nothing_attended; documents_busy
 */
export async function ofParticipant(
  db: Db,
  actor: Actor,
  cohortId: string,
  personId: string,
  making: Making,
): Promise<Download> {
  const certificate = await certificates.ofParticipant(db, actor, cohortId, personId, making.now);
  return write(db, actor, cohortId, certificate, making, { person: personId });
}

/** The own certificate. @throws as `ofParticipant` */
export async function own(db: Db, actor: Actor, cohortId: string, making: Making): Promise<Download> {
  const certificate = await certificates.own(db, actor, cohortId, making.now);
  return write(db, actor, cohortId, certificate, making, {});
}

async function write(
  db: Db,
  actor: Actor,
  cohortId: string,
  certificate: certificates.Certificate,
  { locale, now, signal }: Making,
  detail: Record<string, string>,
): Promise<Download> {
  const bytes = await writePdf(certificateDocument(certificate, dayOf(now), locale), signal);
  await audit.record(db, actor, 'certificate.downloaded', { type: 'cohort', id: cohortId }, detail);
  // Here the name is what tells one from the other; it is the person's own, or a trainer's list.
  const name = `${m.certificate_file({}, { locale })}-${plain(certificate.name)}.pdf`;
  return { name, type: 'application/pdf', bytes };
}
