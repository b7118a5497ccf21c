import type { LongFormRow } from '#lib/long-form/columns.ts';

/** Who was rated: the key under which the person is kept, and what the file calls them (null: nobody ever said). */
export type Ratee = { key: string; name: string | null };

/** One round of one school: its rows in the file, and who was rated in it according to the database. */
export type SchoolRound = { number: number; rows: readonly LongFormRow[]; stored: readonly Ratee[] };

/**
 * Whom the rows of one school are about (interfaces.md, Long form): the column ratee; without it the IB'er's own id in
 * that round, else whoever was rated in the round before. Where that is nobody the next round that names somebody
 * counts, and where none ever does the school's one unnamed IB'er.
 */
export class SchoolRatees {
  private readonly rounds: readonly SchoolRound[];
  private readonly keyOf: (id: string | null) => string;
  private readonly named = new Map<SchoolRound, Map<string, Ratee>>();
  private readonly assumed = new Map<SchoolRound, Ratee | null>();

  constructor(rounds: readonly SchoolRound[], keyOf: (id: string | null) => string) {
    this.rounds = rounds.toSorted((a, b) => a.number - b.number);
    this.keyOf = keyOf;
    for (const round of rounds) this.named.set(round, this.namedIn(round));
  }

  /** Null when the row does not say and more than one IB'er could be meant. */
  of(round: SchoolRound, row: LongFormRow): Ratee | null {
    const own = this.ownWord(row);
    if (own) return own;
    const known = this.assumed.get(round);
    if (known !== undefined) return known;
    const ratee = this.assume(round);
    this.assumed.set(round, ratee);
    return ratee;
  }

  private ownWord({ ratee, role, rater }: LongFormRow): Ratee | null {
    const id = ratee ?? (role === 'ib' ? rater : null);
    return id === null ? null : { key: this.keyOf(id), name: id };
  }

  private namedIn({ rows }: SchoolRound): Map<string, Ratee> {
    const named = new Map<string, Ratee>();
    for (const row of rows) {
      if (row.ratee === null && row.role !== 'ib') continue;
      const ratee = this.ownWord(row);
      if (ratee) named.set(ratee.key, ratee);
    }
    return named;
  }

  private assume(round: SchoolRound): Ratee | null {
    const at = this.rounds.indexOf(round);
    const before = this.rounds.slice(0, at).reverse();
    const after = this.rounds.slice(at + 1);
    const here = this.named.get(round) ?? new Map<string, Ratee>();
    const all = [here, stored(round)];
    for (const other of [...before, ...after]) {
      all.push(new Map([...stored(other), ...(this.named.get(other) ?? [])]));
    }
    const candidates = all.find(({ size }) => size > 0);
    if (!candidates) return { key: this.keyOf(null), name: null };
    const [only] = candidates.values();
    return candidates.size === 1 && only ? only : null;
  }
}

function stored(round: SchoolRound): Map<string, Ratee> {
  return new Map(round.stored.map((ratee) => [ratee.key, ratee]));
}
