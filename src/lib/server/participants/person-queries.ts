import type { Db } from '#lib/server/db/open.ts';

/** Those of these addresses (in small letters) that somebody has, with the name. */
export async function findByEmails(db: Db, emails: readonly string[]): Promise<Map<string, { name: string | null }>> {
  if (emails.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['name', 'email'])
    .where('email', 'in', [...new Set(emails)])
    .execute();
  return new Map(rows.flatMap(({ name, email }) => (email === null ? [] : [[email, { name }]])));
}

/** Somebody as the trainer may see and correct; `userId` is the account for reading reports. */
export type PersonDetails = {
  id: string;
  name: string | null;
  email: string | null;
  language: 'nl' | 'en';
  userId: string | null;
};

export function findPerson(db: Db, id: string): Promise<PersonDetails | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language', 'user_id as userId'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function isAddressOfOther(db: Db, email: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .where('id', '<>', personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updatePerson(db: Db, { id, name, email, language, userId }: PersonDetails): Promise<void> {
  await db.updateTable('person').set({ name, email, language, user_id: userId }).where('id', '=', id).execute();
}

/** Somebody else who reads the reports that a person reads, with the series that they are about. */
export type FellowReader = { personId: string; email: string; language: 'nl' | 'en'; seriesId: string };

/**
 * Who else reads the reports that an IB'er or director reads, or will: the other of the two in every round that was opened,
 * once a person, those with an address. Of a teacher nobody.
 */
export async function listFellowReaders(db: Db, personId: string): Promise<FellowReader[]> {
  const rows = await db
    .selectFrom('invitation as own')
    .innerJoin('invitation as other', 'other.school_round_id', 'own.school_round_id')
    .innerJoin('school_round', 'school_round.id', 'own.school_round_id')
    .innerJoin('person', 'person.id', 'other.person_id')
    .select(['person.id as personId', 'person.email', 'person.language', 'school_round.series_id as seriesId'])
    .where('own.person_id', '=', personId)
    .where('own.role', 'in', ['director', 'ib'])
    .where('own.withdrawn_at', 'is', null)
    .where('other.role', 'in', ['director', 'ib'])
    .where('other.withdrawn_at', 'is', null)
    .where('person.id', '<>', personId)
    .where('person.email', 'is not', null)
    .$narrowType<{ email: string }>()
    .orderBy('own.created_at')
    .execute();
  return [...new Map(rows.map((row) => [row.personId, row])).values()];
}
