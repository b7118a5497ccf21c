import { KeptQueue } from './kept-queue.ts';
import { SaveQueue } from './save-queue.ts';
import { send } from './send.ts';
import { PATIENCE_MS } from './sending.ts';
import { submitAfterAll } from './submit.ts';

/**
 * Before a form is submitted or closed on this device (`data-settle` holds its path), what the device still keeps goes
 * to the server: afterwards it is too late, and somebody else may use the device next.
 */
export function settleFirst(form: HTMLFormElement): void {
  const kept = new KeptQueue(form.dataset['settle'] ?? '', () => location.replace('/stopped'));
  const queue = new SaveQueue({
    clock: () => Date.now(),
    send,
    keep: kept,
    onStatus: () => {},
    onStored: () => {},
    // What the server refuses for good it will not take later either; this page has no question to say it at.
    refusalText: () => '',
  });
  let isSettled = false;
  form.addEventListener('submit', (event) => {
    if (isSettled) return;
    event.preventDefault();
    // Read only now: another tab may have left something since this page was opened.
    void kept.load().then(async (waiting) => {
      for (const { key, path, value, changedAt } of waiting) queue.restore(key, path, value, changedAt);
      isSettled = (await queue.settle(PATIENCE_MS)) !== 'waiting';
      if (isSettled) {
        await ('forget' in form.dataset ? kept.forget() : kept.wipe());
        submitAfterAll(form);
      } else form.querySelector('[data-settle-note]')?.removeAttribute('hidden');
    });
  });
}
