import { shuffler } from 'd3-array';
import { randomLcg, randomNormal } from 'd3-random';

/** Chance that can be repeated: the same seed and keys give the same draws. */
export type Random = {
  /** Drawn from a normal distribution around 0 with this standard deviation. */
  around: (deviation: number) => number;
  /** True in this share of the draws (0–1). */
  chance: (share: number) => boolean;
  /** A whole number, at least `from` and at most `to`. */
  whole: (from: number, to: number) => number;
  /** The items in a drawn order; the given list stays as it is. */
  shuffled: <T>(items: readonly T[]) => T[];
};

/** A source of its own for each thing that is drawn for, so that a change in one place moves nothing elsewhere. */
export function randomFor(seed: number, ...keys: readonly (string | number)[]): Random {
  const next = randomLcg(hash([seed, ...keys].join('/')));
  const normal = randomNormal.source(next)(0, 1);
  const shuffle = shuffler(next);
  return {
    around: (deviation) => normal() * deviation,
    chance: (share) => next() < share,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    shuffled: (items) => shuffle([...items]),
  };
}

/** FNV-1a: spreads texts that differ a little over 32 bits. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 0;
}
