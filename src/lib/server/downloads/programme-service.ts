import { DomainError } from '#lib/errors.ts';
import type { Actor } from '#lib/permissions.ts';
import { toProgramme } from '#lib/programme-page/to-programme.ts';
import * as audit from '#lib/server/audit/service.ts';
import type { Db } from '#lib/server/db/open.ts';
import * as programmes from '#lib/server/programmes/service.ts';
import type { Locale } from '#lib/text/numbers.ts';
import { plain } from './names.ts';
import { programmeDocument } from './pdf-programme.ts';
import { TYPES, type Download } from './service.ts';
import { writePdf } from './write-pdf.ts';

const FILE = 'programme.pdf';

/**
 * The page of a programme as a file of at most four A4, from the same figures by the same rules. Written to the audit log before
 * it is handed over. `signal` ends when the reader no longer waits.
 * @throws DomainError not_found, also when there is no such file; forbidden; documents_busy
 */
export async function programmeFile(
  db: Db,
  readDb: Db,
  actor: Actor,
  asked: { programmeId: string; file: string; now: Date; locale: Locale },
  signal?: AbortSignal,
): Promise<Download> {
  const { programmeId, file, now, locale } = asked;
  const page = toProgramme(await programmes.course(readDb, actor, programmeId, now), locale);
  if (file !== FILE) throw new DomainError('not_found');
  const bytes = await writePdf(programmeDocument(page, locale), signal);
  await audit.record(db, actor, 'programme.downloaded', { type: 'programme', id: programmeId }, { file });
  return { name: `${['drieluik', page.name].map(plain).filter(Boolean).join('-')}.pdf`, type: TYPES.pdf, bytes };
}
