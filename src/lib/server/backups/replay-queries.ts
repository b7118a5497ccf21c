import type { Db } from '#lib/server/db/open.ts';

/** The name of the journal that the database is noted in; undefined in a copy from before there was one. */
export async function findJournalId(db: Db): Promise<string | undefined> {
  return (await db.selectFrom('journal').select('id').executeTakeFirst())?.id;
}

export async function endAccount(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('user').where('id', '=', userId).execute();
}

export async function endRole(db: Db, grantId: string): Promise<void> {
  await db.deleteFrom('role_grant').where('id', '=', grantId).execute();
}

/** Ends a second factor; whoever has none left sets one up at the next sign-in. */
export async function endSecondFactor(db: Db, id: string): Promise<void> {
  await db.deleteFrom('two_factor').where('id', '=', id).execute();
  await db
    .updateTable('user')
    .set({ two_factor_enabled: 0 })
    .where('two_factor_enabled', '=', 1)
    .where('id', 'not in', (eb) => eb.selectFrom('two_factor').select('user_id').where('verified', '=', 1))
    .execute();
}

export async function withdraw(db: Db, invitationId: string, at: string): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ withdrawn_at: at })
    .where('id', '=', invitationId)
    .where('withdrawn_at', 'is', null)
    .execute();
}

export async function restore(db: Db, invitationId: string): Promise<void> {
  await db.updateTable('invitation').set({ withdrawn_at: null }).where('id', '=', invitationId).execute();
}

/** Lets the link of this generation hold, and none before it. */
export async function setGeneration(
  db: Db,
  invitationId: string,
  { generation, tokenHash }: { generation: number; tokenHash: string },
): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ generation, token_hash: tokenHash })
    .where('id', '=', invitationId)
    .where('generation', '<', generation)
    .execute();
}

/** The rater ended the link; which generation holds is another line of the journal. */
export async function endLink(db: Db, invitationId: string, at: string): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ link_ended_at: at })
    .where('id', '=', invitationId)
    .where('link_ended_at', 'is', null)
    .execute();
}

export async function withdrawConsent(db: Db, invitationId: string): Promise<void> {
  await db.updateTable('response').set({ consent: 0 }).where('invitation_id', '=', invitationId).execute();
}

/** A no that became a yes; not where the copy has the form as it was sent with that no. */
export async function giveConsent(db: Db, invitationId: string): Promise<void> {
  await db
    .updateTable('response')
    .set({ consent: 1 })
    .where('invitation_id', '=', invitationId)
    .where('consent', '=', 0)
    .where('status', '=', 'started')
    .execute();
}

export async function makeConsentFinal(db: Db, invitationId: string): Promise<void> {
  await db.updateTable('response').set({ consent_is_final: 1 }).where('invitation_id', '=', invitationId).execute();
}

/** What replaying has noted is in the journal already. */
export async function deleteNoted(db: Db): Promise<void> {
  await db.deleteFrom('journal_entry').execute();
}
