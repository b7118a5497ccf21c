/** So many rows in one statement that SQLite's limit of parameters is far. */
const CHUNK = 500;

/** Writes or reads many rows by as few statements as there can be. */
export async function inChunks<T>(
  rows: readonly T[],
  work: (some: T[]) => Promise<unknown>,
  chunk: number = CHUNK,
): Promise<void> {
  for (let from = 0; from < rows.length; from += chunk) await work(rows.slice(from, from + chunk));
}
