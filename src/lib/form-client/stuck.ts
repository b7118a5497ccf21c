import type { QueueStatus } from './save-queue.ts';
import { sayText } from './texts.ts';

/** Why the page stays, said in its form; while it is said the band about the connection is not (`data-stuck`). */

/** Says it; emptied first, so that it is read out again. */
export function showStuck(form: HTMLFormElement, ...words: (string | Node)[]): void {
  const place = form.querySelector<HTMLElement>('.stuck');
  if (!place) return;
  place.hidden = false;
  place.textContent = '';
  form.setAttribute('data-stuck', '');
  setTimeout(() => place.replaceChildren(...words));
}

export function hideStuck(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('.stuck')?.setAttribute('hidden', '');
  form.removeAttribute('data-stuck');
}

/** Why the page is not left. @param isKept whether this device keeps what waits, so that the page can be closed */
export function whyStuck({ state }: QueueStatus, isKept: boolean): string {
  if (state === 'saved') return sayText('stuck-saved');
  return sayText(state === 'waiting' && isKept ? 'stuck-offline' : 'stuck');
}
