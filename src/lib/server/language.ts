import type { Cookies } from '@sveltejs/kit';

/** Remembers the reader's language for a year. Scripts read it too: they speak the same language as the page. */
export function setLanguage(cookies: Cookies, url: URL, language: 'nl' | 'en'): void {
  cookies.set('language', language, {
    path: '/',
    maxAge: 365 * 86_400,
    httpOnly: false,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  });
}
