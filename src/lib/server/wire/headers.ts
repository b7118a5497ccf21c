import { createHash } from 'node:crypto';

/** Features of a browser that no page asks for; each is known to every browser, which would warn of others. */
const UNUSED_FEATURES = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'magnetometer'],
  ...['clipboard-read', 'fullscreen'],
  ...['microphone', 'midi', 'payment', 'serial', 'usb'],
];

/** Two years, as browsers' own lists ask. */
const HTTPS_SECONDS = 2 * 365 * 86_400;

/**
 * The headers that every answer starts with, whoever makes it: a page, a file, the data of a page, a redirect, an error
 * of the framework or one of Node itself. A page has a wider policy of its own (svelte.config.js), but for a part that a
 * form fetches ahead, and the hooks say what stays out of caches.
 * @param publicUrl behind https a browser is told to use nothing else
 * @param errorPage the HTML of the page for errors, which may be shown before there is any other policy: its style is
 *   allowed by its hash
 */
export function commonHeaders(publicUrl: string, errorPage: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src ${hashes(errorPage)}`,
      "img-src 'self'",
      ...['base-uri', 'form-action', 'frame-ancestors'].map((directive) => `${directive} 'none'`),
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    // Nothing here is for a search engine, and an address may be a personal link.
    'X-Robots-Tag': 'noindex, nofollow',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': [
      ...UNUSED_FEATURES.map((feature) => `${feature}=()`),
      'clipboard-write=(self)', // a link is copied by a button
    ].join(', '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(publicUrl.startsWith('https:')
      ? { 'Strict-Transport-Security': `max-age=${HTTPS_SECONDS}; includeSubDomains` }
      : {}),
  };
}

/** A source for each style that a page holds. */
function hashes(page: string): string {
  return [...page.matchAll(/<style>(.*?)<\/style>/gs)]
    .map(([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    .join(' ');
}
