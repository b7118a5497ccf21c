import { Migrator } from 'kysely/migration';
import { migrations } from '#migrations';
import type { Db } from './open.ts';

/**
 * Brings the database to the newest schema; a failed migration leaves it as it was.
 * @returns the name of the newest migration, the `schema` of /healthz
 * @throws the migration's own error
 */
export async function migrate(db: Db): Promise<string> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return newestMigration();
}

/** The name of the newest migration that this version of the code knows. */
export function newestMigration(): string {
  return knownMigrations().at(-1) ?? 'none';
}

/** The names of all migrations that this version of the code knows, in order. */
export function knownMigrations(): string[] {
  return Object.keys(migrations).sort();
}
