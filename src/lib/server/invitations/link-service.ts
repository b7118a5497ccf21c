import type { Db } from '#lib/server/db/open.ts';
import { hashToken, invitationToken } from '#lib/server/ids.ts';
import * as queries from './queries.ts';

/**
 * A rater's personal link for a mail, made with the present SECRET. Where the stored hash is of another one, SECRET was
 * changed since: from now on this link works.
 */
export async function personalLink(
  db: Db,
  settings: { secret: string; publicUrl: string },
  invitation: { invitationId: string; generation: number; tokenHash: string },
): Promise<string> {
  const token = invitationToken(settings.secret, invitation.invitationId, invitation.generation);
  const hash = hashToken(token);
  if (hash !== invitation.tokenHash) await queries.setTokenHash(db, invitation.invitationId, hash);
  return `${settings.publicUrl}/f/${token}`;
}
