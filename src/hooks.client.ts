import { isLocale, baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

// The page was written in its reader's language and says so. Paraglide's own way would look in the cookie and, on a first
// visit, set one that nobody chose (/privacy says when there is one).
overwriteGetLocale(() => {
  const { lang } = document.documentElement;
  return isLocale(lang) ? lang : baseLocale;
});
