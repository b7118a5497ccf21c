import Database from 'better-sqlite3';

/** What belongs to a cohort, in an order in which each refers to what was copied before it. */
const TABLES = [
  ...['school', 'person', 'cohort', 'series', 'team_member', 'round', 'round_aspect', 'school_round', 'invitation'],
  ...['response', 'answer', 'scale_answer', 'snapshot', 'round_snapshot', 'round_change'],
];
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

type Column = { name: string; type: string; pk: number };
type Link = { from: string; table: string };

/**
 * The id that stands in a copy for this one: its last four signs are the number of the copy, and its version is another than
 * that of the ids that are copied, some of which end in such a number, too.
 */
export const idInCopy = (id: string, copy: number): string =>
  `${id.slice(0, 14)}8${id.slice(15, 32)}${copy.toString(16).padStart(4, '0')}`;

/** The programme that the cohorts of a copy belong to. */
export const programmeOfCopy = (copy: number, partnerships: number): string => `programme-${copy % partnerships}`;

/**
 * Copies the cohorts of one database into another of the same migration, again and again, each with its schools, people,
 * rounds, answers and stored figures, through the product's own tables and with its checks of references on.
 * @param copies how often; the cohorts of copy n belong to partnership n modulo `partnerships`, each with one programme
 * @returns how many answers there are then
 */
export function makeNation(file: string, template: string, copies: number, partnerships: number): number {
  const db = new Database(file);
  try {
    db.pragma('foreign_keys = on');
    db.pragma('journal_mode = wal');
    db.pragma('cache_size = -200000');
    db.prepare('attach ? as template').run(template);
    makeProgrammes(db, partnerships);
    const shared = sharedIds(db);
    let copy = 0;
    db.function('copied', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? text.replaceAll(ID, (id) => (shared.has(id) ? id : idInCopy(id, copy))) : text,
    );
    const statements = TABLES.map((table) => db.prepare(copyStatement(db, table)));
    const { largest } = db.prepare('select max(id) as largest from template.response').get() as { largest: number };
    const copyOnce = db.transaction((values: Record<string, unknown>) => {
      for (const statement of statements) statement.run(values);
    });
    for (copy = 1; copy <= copies; copy += 1) {
      copyOnce({ copy: String(copy), offset: largest * copy, programme: programmeOfCopy(copy, partnerships) });
    }
    db.exec('analyze');
    return (db.prepare('select count(*) as count from answer').get() as { count: number }).count;
  } finally {
    db.close();
  }
}

function makeProgrammes(db: Database.Database, partnerships: number): void {
  const at = new Date().toISOString();
  const partnership = db.prepare('insert into partnership (id, name, created_at) values (?, ?, ?)');
  const programme = db.prepare('insert into programme (id, partnership_id, name, created_at) values (?, ?, ?, ?)');
  for (let number = 0; number < partnerships; number += 1) {
    partnership.run(`partnership-${number}`, `Samenwerkingsverband ${number}`, at);
    programme.run(programmeOfCopy(number, partnerships), `partnership-${number}`, `Leergang ${number}`, at);
  }
}

/** Ids of what all copies have in common: lists, accounts. */
function sharedIds(db: Database.Database): Set<string> {
  const rows = db.prepare('select id from instrument_version union all select id from user').all() as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

/** Of every row of the template another one: ids and what refers to them are those of the copy, all else stays. */
function copyStatement(db: Database.Database, table: string): string {
  const columns = db.pragma(`table_info(${table})`) as Column[];
  const links = db.pragma(`foreign_key_list(${table})`) as Link[];
  const values = columns.map((column) => valueOf(db, table, column, links));
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  return `insert into main.${table} (${names}) select ${values.join(', ')} from template.${table}`;
}

function valueOf(db: Database.Database, table: string, { name, type, pk }: Column, links: readonly Link[]): string {
  if (name === 'programme_id') return '@programme';
  const link = links.find(({ from }) => from === name);
  if (link && !TABLES.includes(link.table)) return `"${name}"`;
  if (type.toLowerCase() === 'integer') return link || pk === 1 ? `"${name}" + @offset` : `"${name}"`;
  // An address, a name or a token stands once in the database.
  const isAlone = !link && pk === 0 && isUnique(db, table, name) && !name.endsWith('_id');
  return isAlone ? `"${name}" || '-' || @copy` : `copied("${name}")`;
}

function isUnique(db: Database.Database, table: string, column: string): boolean {
  const indexes = db.pragma(`index_list(${table})`) as { name: string; unique: number }[];
  return indexes.some(({ name, unique }) => {
    const parts = db.pragma(`index_info(${name})`) as { name: string }[];
    return unique === 1 && parts.length === 1 && parts[0]?.name === column;
  });
}
