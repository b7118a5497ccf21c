import type BetterSqlite3 from 'better-sqlite3';
import { newId, nowIso } from '#lib/server/ids.ts';
import { appendToJournal, beginJournal, JournalDamaged, readJournal, type JournalEntry } from './journal-file.ts';

type Row = { kind: JournalEntry['kind']; id: string; generation: number | null };

/**
 * What to do before each commit so that nothing ends without being in the journal: what triggers have noted in this
 * transaction (migrations/0011) goes to the file, and only then is it committed. If the process dies between the two, the
 * journal says a little more than was done, which is harmless: it is asked only when a copy is put back. A database that
 * knows another journal, or none, begins one here.
 */
export function journalOf(raw: BetterSqlite3.Database, file: string): () => void {
  assure(raw, file);
  const list = raw.prepare<[], Row>('select kind, object_id as id, generation from journal_entry order by id');
  const empty = raw.prepare('delete from journal_entry');
  return () => {
    const rows = list.all();
    if (rows.length === 0) return;
    const at = nowIso();
    const noted = rows.map(({ generation, ...row }) => ({
      at,
      ...row,
      ...(generation === null ? {} : { generation }),
    }));
    appendToJournal(file, noted);
    empty.run();
  };
}

function assure(raw: BetterSqlite3.Database, file: string): void {
  const find = raw.prepare<[], { id: string }>('select id from journal');
  const isOurs = () => {
    const known = find.get()?.id;
    return known !== undefined && nameOf(file) === known;
  };
  if (isOurs()) return;
  // One process begins it; another that starts at the same moment waits here and finds it.
  raw
    .transaction(() => {
      if (isOurs()) return;
      const id = newId();
      beginJournal(file, id, nowIso());
      raw.prepare('delete from journal').run();
      raw.prepare('insert into journal (id) values (?)').run(id);
    })
    .immediate();
}

/** Its name; null where there is none to go on with. */
function nameOf(file: string): string | null {
  try {
    return readJournal(file)?.id ?? null;
  } catch (cause) {
    if (cause instanceof JournalDamaged) return null;
    throw cause;
  }
}
