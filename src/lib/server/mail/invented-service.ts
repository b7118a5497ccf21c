import type { Db } from '#lib/server/db/open.ts';
import * as demo from '#lib/server/demo/accounts-service.ts';
import * as queries from './invented-queries.ts';

/** What of a mail says whether it is about something invented. */
type About = { roundId: string | null; about: Readonly<Record<string, string>> };

/** Whether a mail is about an invented cohort: then nobody gets it, whatever address somebody typed there. */
export async function isAboutInvented(db: Db, { roundId, about }: About): Promise<boolean> {
  if (roundId !== null) return queries.isRoundInvented(db, roundId);
  const { series, usefulness, handIn, registration } = about;
  if (usefulness !== undefined) return queries.isUsefulnessInvented(db, usefulness);
  if (handIn !== undefined) return queries.isHandInInvented(db, handIn);
  if (registration !== undefined) return queries.isRegistrationInvented(db, registration);
  return series !== undefined && queries.isSeriesInvented(db, series);
}

/**
 * The one rule of who gets no mail because of the demonstration: what is about an invented cohort goes to nobody, and an
 * invented account gets none. The outbox asks it as a mail is asked for, and again as it is written.
 * @param mail `userId` is null for mail that is not to an account
 */
export async function isInvented(db: Db, mail: About & { userId: string | null }, email: string): Promise<boolean> {
  if (await isAboutInvented(db, mail)) return true;
  return mail.userId !== null && demo.isInvented(db, email);
}
