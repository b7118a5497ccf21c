/** Chance that can be repeated: the same seed gives the same choices. */
export type Random = {
  /** At least `from`, less than `to`. */
  between: (from: number, to: number) => number;
  /** A whole number, at least `from` and at most `to`. */
  whole: (from: number, to: number) => number;
  chance: (share: number) => boolean;
  pick: <const T>(all: readonly [T, ...T[]]) => T;
};

/** Chance from a new seed, or from that of the environment variable FAULT_SEED; says on the terminal which. */
export function seededRandom(what: string): Random {
  const given = process.env['FAULT_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  console.log(`${what}: FAULT_SEED=${seed}`);
  const next = mulberry32(seed);
  const between = (from: number, to: number) => from + next() * (to - from);
  const whole = (from: number, to: number) => Math.floor(between(from, to + 1));
  return {
    ...{ between, whole },
    chance: (share) => next() < share,
    pick: (all) => all[whole(0, all.length - 1)] ?? all[0],
  };
}

/** Mulberry32 (Tommy Ettinger, public domain): small, and more than even enough for choosing moments. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
