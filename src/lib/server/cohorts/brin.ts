const BRIN = /^\d{2}[A-Z]{2}(\d{2})?$/;

/** Whether the text is a BRIN: two digits, two letters, optionally two digits for the site (product.md, Words). */
export function isBrin(text: string): boolean {
  return BRIN.test(text.trim().toUpperCase());
}

/** A BRIN as it is stored: upper case, with the site; 12AB is 12AB00 (rules.md, Who, what, when). */
export function normalizeBrin(brin: string): string {
  const code = brin.trim().toUpperCase();
  return code.length === 4 ? `${code}00` : code;
}
