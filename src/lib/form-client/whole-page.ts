/**
 * What the first frame of a page left out (`.cluster` in form-later.css) is laid out after it. It may not stay out: a
 * browser leaves out of the accessibility tree what it skips, and a screen reader must find every statement.
 */

/** Milliseconds after which a cluster is laid out even if the page is never at rest. */
const PATIENCE_MS = 500;

/** A cluster in each pause, so that nobody waits for it. */
export function layOutInPauses(form: HTMLFormElement): void {
  const next = form.querySelector('.cluster:not([data-whole])');
  if (!next) return;
  whenIdle(() => {
    if (scrollY > 0) holdInSight(form, [next]);
    else layOut([next]);
    layOutInPauses(form);
  });
}

/** At once, where somebody is in the middle of the page: what is in sight stays where it is. */
export function layOutNow(form: HTMLFormElement): void {
  holdInSight(form, form.querySelectorAll('.cluster'));
}

/**
 * A page that is loaded again, or gone back to, is put where it was by number, for the true heights; and one that is opened
 * at a statement has to find it there. For that it has to be whole before the browser does so, at the latest as it
 * finishes loading.
 */
export function layOutIfOpenedBelow(form: HTMLFormElement): void {
  const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isFresh = opened?.type === 'navigate';
  if (isFresh && location.hash === '') return;
  const top = scrollY;
  layOut(form.querySelectorAll('.cluster'));
  const named = isFresh ? form.querySelector(':target') : null;
  if (named) named.scrollIntoView({ behavior: 'instant' });
  else scrollTo({ top, behavior: 'instant' });
}

function layOut(clusters: Iterable<Element>): void {
  for (const cluster of clusters) cluster.setAttribute('data-whole', '');
}

/** The statement in the middle of the screen stays there, also in a browser that does not see to it (Safari). */
function holdInSight(form: HTMLFormElement, clusters: Iterable<Element>): void {
  const statements = [...form.querySelectorAll('.aspect')];
  const held = statements.find((each) => each.getBoundingClientRect().bottom > innerHeight / 2);
  const before = held?.getBoundingClientRect().top ?? 0;
  layOut(clusters);
  if (held) scrollBy({ top: held.getBoundingClientRect().top - before, behavior: 'instant' });
}

/** Safari has no idle time to ask for. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: PATIENCE_MS });
  else setTimeout(run, PATIENCE_MS / 10);
}
