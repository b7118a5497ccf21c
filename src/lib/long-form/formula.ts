/**
 * Writes a text cell so that a spreadsheet does not run it as a formula (rules.md, Links and mail): what starts with
 * `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it. Texts that already start with apostrophes
 * before such a character get one more, so that `unescapeFormula` gives every text back exactly.
 */
export function escapeFormula(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Takes the apostrophe of `escapeFormula` away again; other texts stay as they are. */
export function unescapeFormula(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
