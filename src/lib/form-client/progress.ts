import { isAnswered } from '#lib/form/answer.ts';
import { afterFrame } from './after-frame.ts';
import { anchorOf } from './anchors.ts';
import { readFields } from './fields.ts';
import { say, sayText } from './texts.ts';
import type { QueueStatus, SaveState } from './save-queue.ts';

/** What a page of the form says of itself: how far it is, what is open, and whether it is saved. */

/** Counts what the fields say now, in the head, the rail, above each cluster and in the foot. */
export function showProgress(form: HTMLFormElement): void {
  const open: string[] = [];
  const total = { answered: 0, count: 0 };
  for (const cluster of form.querySelectorAll<HTMLElement>('.cluster[data-cluster]')) {
    const codes = codesIn(cluster);
    const left = codes.filter((code) => !isAnswered(readFields(form, code)));
    open.push(...left);
    total.answered += codes.length - left.length;
    total.count += codes.length;
    showCount(form, cluster.dataset['cluster'] ?? '', codes.length - left.length, codes.length);
  }
  showCount(form, 'all', total.answered, total.count);
  showOpen(form, open);
}

/** The codes of the aspects in a part of the form, from top to bottom. */
export function codesIn(part: ParentNode): string[] {
  return [...part.querySelectorAll<HTMLElement>('.aspect')].map((aspect) => aspect.dataset['code'] ?? '');
}

/**
 * Whether the server has everything; the words are read out as they change.
 * @param before what the page shows until now: only what differs is touched
 */
export function showStatus(form: HTMLFormElement, { state, unsent, entries }: QueueStatus, before: QueueStatus): void {
  form.dataset['saveState'] = state;
  // The frame with the mark comes first; the word "opgeslagen" is out of sight by then (form.css).
  if (state === 'saving') afterFrame(() => form.dataset['saveState'] === state && showWords(form, state, unsent));
  else showWords(form, state, unsent);
  document.documentElement.toggleAttribute('data-waiting', state === 'waiting');
  for (const key of new Set([...Object.keys(before.entries), ...Object.keys(entries)])) {
    const place = form.querySelector<HTMLElement>(`#${CSS.escape(anchorOf(key))}`);
    if (!place) continue; // an answer of another page is still on its way
    place.toggleAttribute('data-unsent', key in entries);
    const box = () => place.querySelector<HTMLElement>(':scope > .scale-in') ?? place;
    const isWaiting = key in entries && state === 'waiting';
    if (isWaiting !== (key in before.entries && before.state === 'waiting')) showWaiting(box(), isWaiting);
    const message = entries[key]?.message ?? null;
    if (message !== (before.entries[key]?.message ?? null)) showFault(box(), `fault-${key}`, message);
  }
}

function showWords(form: HTMLFormElement, state: SaveState, unsent: number): void {
  const status = form.querySelector<HTMLElement>('.save');
  const words = state === 'waiting' && unsent === 1 ? 'waiting-one' : state;
  const says = state === 'waiting' ? `${words} ${unsent}` : words;
  if (!status || status.dataset['says'] === says) return;
  status.dataset['says'] = says;
  status.replaceChildren(say(words, { count: unsent }));
}

/** What becomes of the answers while there is no connection. @param isKept whether this device keeps them */
export function showOffline(form: HTMLFormElement, isKept: boolean): void {
  const place = form.querySelector('[data-offline]');
  const words = sayText(isKept ? 'offline-kept' : 'offline-open');
  if (place && place.textContent !== words) place.textContent = words;
}

function showCount(form: HTMLFormElement, key: string, answered: number, count: number): void {
  for (const place of form.querySelectorAll<HTMLElement>(`[data-count="${CSS.escape(key)}"]`)) {
    const isDone = answered === count && 'tick' in place.dataset;
    place.textContent = `${sayText('count', { answered, count })}${isDone ? ' ✓' : ''}`;
  }
  const bar = form.querySelector<SVGRectElement>(`[data-segment="${CSS.escape(key)}"]`);
  bar?.setAttribute('width', `${(Number(bar.dataset['full']) * answered) / count}%`);
}

function showOpen(form: HTMLFormElement, open: readonly string[]): void {
  const [first] = open;
  const link = form.querySelector<HTMLAnchorElement>('[data-open]');
  if (link) {
    link.hidden = first === undefined;
    link.hash = `aspect-${first ?? ''}`;
    link.firstElementChild?.replaceChildren(sayText('still-open', { count: open.length }));
  }
  form.querySelector('[data-done]')?.toggleAttribute('hidden', first !== undefined);
  const rest = form.querySelector<HTMLElement>('[data-rest=set]');
  if (rest) {
    rest.hidden = open.length === 0;
    rest.textContent = sayText('rest', { count: open.length });
  }
}

/** That an answer waits for the connection, at its question. */
function showWaiting(place: HTMLElement, isWaiting: boolean): void {
  const there = place.querySelector(':scope > .wait');
  if (!isWaiting) there?.remove();
  else if (!there) {
    const note = document.createElement('p');
    note.className = 'wait';
    note.append(say('waits'));
    place.append(note);
  }
}

/** A refusal, at the question that it is about. */
function showFault(place: HTMLElement, id: string, message: string | null): void {
  const there = place.querySelector<HTMLElement>(`:scope > .fault`);
  const field = place.querySelector<HTMLElement>(':scope > .ten') ?? place;
  const described = new Set((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (message === null) {
    there?.remove();
    described.delete(id);
  } else {
    const fault = there ?? document.createElement('p');
    fault.className = 'fault small';
    fault.id = id;
    if (fault.textContent !== message) fault.textContent = message;
    if (!there) place.append(fault);
    described.add(id);
  }
  if (described.size > 0) field.setAttribute('aria-describedby', [...described].join(' '));
  else field.removeAttribute('aria-describedby');
}
