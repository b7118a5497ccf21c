import type { StoredNote } from './dashboard-page.ts';

/**
 * How a note stands: the server has what is typed; it is on its way; no answer came and it is tried again; or somebody else
 * wrote there meanwhile, and nothing is sent until the writer chose.
 */
export type NoteState = 'kept' | 'saving' | 'failed' | 'conflict';

/** A note on its way, typed over `version` of it; the version that it got, or why there is none. */
export type SentNote = StoredNote & { aspect: string };
export type Sent = { version: number } | 'conflict' | 'failed';

type Options = {
  send: (note: SentNote) => Promise<Sent>;
  /** `version` is what the server has. */
  onState: (aspect: string, state: NoteState, version: number) => void;
  /** How long somebody pauses in typing before it is sent, and how long after a failure it is tried again. */
  pauseMs?: number;
  retryMs?: number;
};

type Entry = { typed: string; stored: StoredNote; state: NoteState };

/**
 * Keeps notes while they are typed, one at a time and always the latest. What the server does not have yet waits here, and
 * is never sent over what somebody else wrote since it was read.
 */
export class NoteKeeper {
  readonly #options: Required<Options>;
  readonly #entries = new Map<string, Entry>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<boolean> | null = null;

  constructor(options: Options) {
    this.#options = { pauseMs: 600, retryMs: 5000, ...options };
  }

  /**
   * Takes what the server has, when the page is made and whenever it is loaded anew.
   * @returns whether the field is to show it: nothing of its own waits there
   */
  know(aspect: string, stored: StoredNote): boolean {
    const entry = this.#entries.get(aspect);
    if (!entry) {
      this.#entries.set(aspect, { typed: stored.text, stored, state: 'kept' });
      return false; // the page was made with it, and may hold what was typed before there was a script
    }
    const isOurs = entry.typed === entry.stored.text && entry.state !== 'saving';
    if (entry.state === 'kept' || entry.state === 'conflict') entry.stored = stored;
    if (isOurs) entry.typed = stored.text;
    return isOurs;
  }

  /** Takes what is typed; it is sent after a pause. */
  type(aspect: string, text: string): void {
    const entry = this.#entries.get(aspect);
    if (!entry) return;
    entry.typed = text;
    if (text === entry.stored.text && this.#sending === null) {
      this.#set(aspect, entry, 'kept');
    } else if (entry.state !== 'conflict') {
      this.#set(aspect, entry, 'saving');
      this.#after(this.#options.pauseMs);
    }
  }

  /** Holds back what was typed over an older note than the one that stands there, until the writer chose. */
  hold(aspect: string, text: string): void {
    const entry = this.#entries.get(aspect);
    if (!entry) return;
    entry.typed = text;
    this.#set(aspect, entry, 'conflict');
  }

  /** Something that was typed is not with the server yet. */
  get isWaiting(): boolean {
    return [...this.#entries.values()].some(({ state }) => state !== 'kept');
  }

  /** The notes that somebody else wrote meanwhile, by aspect. */
  get conflicts(): string[] {
    return [...this.#entries].flatMap(([aspect, { state }]) => (state === 'conflict' ? [aspect] : []));
  }

  /**
   * Sends what waits, now.
   * @returns whether the server has everything then
   */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#sending !== null) await this.#sending;
    this.#sending = this.#sendAll();
    try {
      return await this.#sending;
    } finally {
      this.#sending = null;
    }
  }

  async #sendAll(): Promise<boolean> {
    for (const [aspect, entry] of this.#entries) {
      while (entry.state === 'saving' || entry.state === 'failed') {
        const sent = { aspect, text: entry.typed, version: entry.stored.version };
        this.#set(aspect, entry, 'saving');
        const came = await this.#options.send(sent);
        if (came === 'failed') {
          this.#set(aspect, entry, 'failed');
          this.#after(this.#options.retryMs);
          return false;
        }
        if (came === 'conflict') {
          this.#set(aspect, entry, 'conflict');
          break;
        }
        entry.stored = { text: sent.text, version: came.version };
        if (entry.typed === sent.text) this.#set(aspect, entry, 'kept'); // else more was typed meanwhile
      }
    }
    return !this.isWaiting;
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #set(aspect: string, entry: Entry, state: NoteState): void {
    entry.state = state;
    this.#options.onState(aspect, state, entry.stored.version);
  }
}
