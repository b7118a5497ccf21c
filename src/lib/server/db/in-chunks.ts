/** So many rows in one statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

/** Writes many rows by as few statements as there can be. */
export async function inChunks<T>(rows: readonly T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) await write(rows.slice(from, from + CHUNK));
}
