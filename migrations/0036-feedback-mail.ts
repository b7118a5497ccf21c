import { sql, type Kysely } from 'kysely';

/**
 * One more kind of mail: that there is feedback on what somebody handed in. As in 0009 the table is made anew for its check;
 * here from its own words and those of its indexes, so that no kind is lost that another migration added.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_schema where tbl_name = 'mail' and sql is not null order by type = 'table' desc`.execute(
    db,
  );
  const [table, ...rest] = rows.map((row) => row.sql);
  const made = table
    ?.replace(/^create table "?mail"?/i, 'create table mail_of_now')
    .replace('template in (', `template in ('feedback_given', `);
  if (!made?.startsWith('create table mail_of_now') || !made.includes(`'feedback_given'`)) {
    throw new Error('the table of mail is not as it was made');
  }
  await sql.raw(made).execute(db);
  await sql.raw(`insert into mail_of_now select * from mail`).execute(db);
  await sql.raw(`drop table mail`).execute(db);
  await sql.raw(`alter table mail_of_now rename to mail`).execute(db);
  for (const index of rest) await sql.raw(index).execute(db);
}
