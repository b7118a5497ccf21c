/** The script of the pages of a rater's form. Without it every page works too, as a plain form. */
import { afterFrame } from './after-frame.ts';
import { RatingForm } from './rating-form.ts';
import { SettledPage } from './settled-page.ts';
import { layOutIfOpenedBelow } from './whole-page.ts';

const form = document.querySelector<HTMLFormElement>('form.form[data-page]');

async function start(): Promise<void> {
  if (form) new RatingForm(form).start();
  const settling = [...document.querySelectorAll<HTMLFormElement>('form[data-settle]')];
  if (settling.length > 0) new SettledPage(settling).start();
  // What has to be mended before going on.
  document.querySelector<HTMLElement>('.summary, #consent-fault')?.focus();
  // Apart: one page in a programme needs it, and every first visit would wait for it.
  const lookBack = document.querySelector<HTMLFormElement>('form[data-look-back]');
  if (lookBack) new (await import('./look-back-form.ts')).LookBackForm(lookBack).start();
  document.documentElement.setAttribute('data-hydrated', '');
}

if (form) layOutIfOpenedBelow(form);
// The page can be read and answered before this: its first frame comes first, where there is one to wait for.
afterFrame(() => void start());
