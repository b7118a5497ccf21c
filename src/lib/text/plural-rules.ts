/**
 * What the message library asks for the form of a count (vite.config.ts puts this in the place of its own registry, which
 * makes the rules anew at every text: a tenth of a list's time on the server).
 */
export * from '#lib/paraglide/registry.js';

const rules = new Map<string, Intl.PluralRules>();

/**
 * @param count a number, or the digits of one
 * @returns the form that a count takes in this language: `one`, `other`
 */
export function plural(locale: string, count: unknown): Intl.LDMLPluralRule {
  let own = rules.get(locale);
  if (!own) rules.set(locale, (own = new Intl.PluralRules(locale)));
  return own.select(Number(count));
}
