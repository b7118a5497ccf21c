import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Words that anybody would try first at this very product. */
const OWN_WORDS = ['drieluik', 'wachtwoord', 'leergang', 'samenwerkingsverband', 'inloggen', 'welkom', 'basisschool'];
/** Fewer guesses than ten to this power, and a password is refused: what limits on signing in hold off for long. */
const GUESSES = 8;

const estimate = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/**
 * Whether a password is easily guessed: a common one, a row of keys, a date, a repetition, or made of the account's own
 * name and address. What its length is, is asked elsewhere.
 */
export function isEasilyGuessed(password: string, account: { name: string; email: string }): boolean {
  const own = `${account.name} ${account.email}`.split(/[\s@.]+/).filter((word) => word.length > 2);
  return estimate.check(password, [...OWN_WORDS, account.email, ...own]).guessesLog10 < GUESSES;
}
