import { CompiledQuery, type Compilable } from 'kysely';
import type { Db } from './open.ts';

/** Stands for a value that is given at each call. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is built and compiled once and then only run: for the two or three that every save runs, where building
 * took longer than SQLite (bench/save).
 * @param build gets the database and, for each value, a function that marks where it goes
 * @returns runs the query with these values and gives its rows
 */
export function precompiled<Values extends Record<string, unknown>, Row>(
  build: (db: Db, value: <K extends keyof Values & string>(name: K) => Values[K]) => Compilable<Row>,
): (db: Db, values: Values) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    // The builder only carries a value to its place, so a placeholder may pose as one.
    compiled ??= build(db, <K extends keyof Values & string>(name: K) => new Placeholder(name) as Values[K]).compile();
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? values[parameter.name] : parameter,
    );
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(compiled.sql, parameters));
    return rows;
  };
}
