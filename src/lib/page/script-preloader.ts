/**
 * What a page with scripts runs itself, at its end: once the first frame is on the screen it asks for all files of its script at
 * once (`data-files`). The framework names them in a header, before the page: fifty answers held a report's first frame up by a
 * third (bench/report). The framework's own script, beside it, asks for its first files by itself, and in a page
 * that nobody sees for all. The policy of a page knows this text by its hash (svelte.config.js), so it is written out as the
 * browser reads it.
 */
export const SCRIPT_PRELOADER = `{
const files = document.currentScript.dataset.files.split(' ');
const link = (href) => Object.assign(document.createElement('link'), { rel: 'modulepreload', href });
requestAnimationFrame(() => setTimeout(() => document.head.append(...files.map(link))));
}`;
