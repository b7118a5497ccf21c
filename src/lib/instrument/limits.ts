/** How large a list may be. Lengths are in UTF-16 units, sizes in bytes. Generous: they stop accidents, not authors. */
export const LIMITS = {
  fileBytes: 2 * 1024 * 1024,
  code: 40,
  key: 60,
  version: 40,
  title: 200,
  statement: 600,
  explain: 1000,
  passage: 3000,
  followUps: 10,
  competencies: 30,
  clusters: 60,
  aspects: 500,
} as const;

/** Letters, digits, dot, dash, underscore, the first a letter or digit: safe as HTML id and name, in a file name and CSV. */
export function isSafeCode(code: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(code);
}

/**
 * True for a code that would be mistaken for something else: for a field of another aspect, which the form names
 * `<code>.reason` and so on, or for what every object has by itself (`constructor`, `toString`).
 */
export function isReservedCode(code: string): boolean {
  return /\.(reason|unclear|comment)$/i.test(code) || (isSafeCode(code) && code in {});
}

/** A version is written behind a list's key as `KEY@VERSION`: no spaces, no `@`. */
export function isVersion(version: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(version);
}
