import { sql, type Kysely } from 'kysely';

/**
 * From here on a session is known by the hash of its token (auth/hashed-sessions.ts). Those that were kept by the token itself
 * open nothing any more, and go: everybody signs in once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`delete from session`.execute(db);
}
