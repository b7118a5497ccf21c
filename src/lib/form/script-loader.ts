/**
 * What a page of the form runs itself, at its end: it asks for the form's script (`data-src`) once the first frame is on the
 * screen. Asked for by the page's head, it held that frame up by a seventh (bench/form), and nothing in that frame
 * needs it. A page that is loaded again, gone back to or opened at a statement needs it before the browser scrolls
 * (form-client/whole-page.ts), one without statements has presses that it must not miss, and a page that nobody sees gets no
 * frame: those ask at once. The policy of a page knows this
 * text by its hash (svelte.config.js), so it is written out as the browser reads it.
 */
export const SCRIPT_LOADER = `{
const { src } = document.currentScript.dataset;
const load = () => document.head.append(Object.assign(document.createElement('script'), { type: 'module', src }));
const isFresh = performance.getEntriesByType('navigation')[0]?.type === 'navigate' && !location.hash;
const isCalm = isFresh && document.visibilityState === 'visible' && document.querySelector('.aspect');
if (isCalm) requestAnimationFrame(() => setTimeout(load));
else load();
}`;
