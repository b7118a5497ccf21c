/**
 * The Cache-Control of an empty form into which much is typed or pasted: with `no-store`, which every other page has,
 * browsers give Back an empty form. The page that is kept holds nothing that was stored, and nobody else's cache keeps it.
 */
export const KEPT_FOR_BACK = 'private, no-cache';

/**
 * Sent as somebody signs out, so that Back on a shared computer shows nothing of what was kept. Only "cache": "storage"
 * would take the answers of a form that wait in this browser to be sent.
 */
export const FORGET_PAGES = { 'clear-site-data': '"cache"' };
