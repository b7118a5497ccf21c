/**
 * What the first frame of a page left out (`.cluster` in form.css) is laid out after it. It may not stay out: a browser
 * leaves out of the accessibility tree what it skips, and a screen reader must find every statement.
 */

/** Milliseconds after which a cluster is laid out even if the page is never at rest. */
const PATIENCE_MS = 500;

/** A cluster in each pause, so that nobody waits for it. */
export function layOutInPauses(form: HTMLFormElement): void {
  const next = form.querySelector('.cluster:not([data-whole])');
  if (!next) return;
  whenIdle(() => {
    next.setAttribute('data-whole', '');
    layOutInPauses(form);
  });
}

/** At once, where somebody is in the middle of the page: what is above has its true height, and the place stays. */
export function layOutNow(form: HTMLFormElement): void {
  const top = scrollY;
  for (const cluster of form.querySelectorAll('.cluster')) cluster.setAttribute('data-whole', '');
  scrollTo({ top, behavior: 'instant' });
}

/** Safari has no idle time to ask for. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: PATIENCE_MS });
  else setTimeout(run, PATIENCE_MS / 10);
}
