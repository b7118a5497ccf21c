import { createHmac, randomInt } from 'node:crypto';

/** Codes for whoever has no phone at hand. Each opens the account once; what is kept of them are keyed hashes. */

const COUNT = 10;
/** Without letters and digits that look alike. Ten of them are 49 bits, behind a limit of five guesses. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;

/** Ten new codes, in the form `xxxxx-xxxxx`. */
export function newCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
    return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
  });
}

/** What is kept of these codes, as one text. */
export function keep(secret: string, codes: readonly string[]): string {
  return JSON.stringify(codes.map((code) => hash(secret, code)));
}

/** How many codes are left. */
export function countLeft(kept: string): number {
  return read(kept).length;
}

/** What is kept once this code is used up; null when it is none of them. Case, spaces and hyphens do not matter. */
export function without(secret: string, kept: string, code: string): string | null {
  const hashes = read(kept);
  const used = hash(secret, code);
  return hashes.includes(used) ? JSON.stringify(hashes.filter((other) => other !== used)) : null;
}

function read(kept: string): string[] {
  const hashes: unknown = JSON.parse(kept);
  return Array.isArray(hashes) ? hashes.filter((each) => typeof each === 'string') : [];
}

function hash(secret: string, code: string): string {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHmac('sha256', secret).update(`recovery:${plain}`).digest('base64url');
}
