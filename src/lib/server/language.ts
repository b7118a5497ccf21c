import type { Cookies } from '@sveltejs/kit';
import { baseLocale, cookieName, isLocale, type Locale } from '#lib/paraglide/runtime.js';

/** Remembers the reader's language for a year. Scripts take it from the page itself (`hooks.client.ts`). */
export function setLanguage(cookies: Cookies, url: URL, language: Locale): void {
  cookies.set(cookieName, language, {
    path: '/',
    maxAge: 365 * 86_400,
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  });
}

/** The reader's language: as chosen, or Dutch. */
export function readLanguage(cookies: Cookies): Locale {
  const chosen = cookies.get(cookieName);
  return isLocale(chosen) ? chosen : baseLocale;
}

/** The language that a form's switch was sent with; null when it was another button. */
export function readLanguageChoice(data: FormData): Locale | null {
  const chosen = data.get('language');
  return isLocale(chosen) ? chosen : null;
}
