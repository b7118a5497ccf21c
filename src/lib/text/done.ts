import { m } from '#lib/paraglide/messages.js';

/** Named one by one, as a closed list: an address cannot make a page say anything else. */
const WORDS = {
  saved: m.done_saved,
  added: m.done_added,
  removed: m.done_removed,
  replaced: m.done_replaced,
  moved: m.done_moved,
  back: m.done_back,
} satisfies Record<string, () => string>;

export type Done = keyof typeof WORDS;

const isDone = (word: string): word is Done => Object.hasOwn(WORDS, word);

/** The address to go to after a form was stored: its page says so (`PageHead`). A fragment stays at the end. */
export function withDone(address: string, done: Done = 'saved'): string {
  const [path = '', ...fragment] = address.split('#');
  return [`${path}${path.includes('?') ? '&' : '?'}done=${done}`, ...fragment].join('#');
}

/** What an address says was done, in words; null when it says nothing. */
export function doneText(url: URL): string | null {
  const word = url.searchParams.get('done');
  return word !== null && isDone(word) ? WORDS[word]() : null;
}
