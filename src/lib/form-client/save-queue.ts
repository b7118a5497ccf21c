/** What has been said of something that is being saved: an answer of one aspect, a scale question. */
export type SaveState = 'saved' | 'saving' | 'waiting' | 'failed';

/** How one entry stands; `message` is the server's refusal. */
export type EntryStatus = { state: Exclude<SaveState, 'saved'>; message: string | null };

/** The whole form: the worst of its entries, and how many the server does not have yet. */
export type QueueStatus = { state: SaveState; unsent: number; entries: Readonly<Record<string, EntryStatus>> };

type SaveQueueOptions = {
  /** Sends one value; rejects when no reply came. */
  send: (path: string, body: string) => Promise<Response>;
  /** The server's clock, in milliseconds. */
  clock: () => number;
  onStatus: (status: QueueStatus) => void;
  /** The server has a value: ours, or a newer one from another device when `isOurs` is false. */
  onStored: (key: string, stored: unknown, isOurs: boolean) => void;
  /** What to say of a refusal, given its code and its text as far as it brings them. */
  refusalText: (code: unknown, message: string | null) => string;
  /** Keeps what waits when the page closes. `put` ends when it is kept, or cannot be. */
  keep?: {
    put: (key: string, entry: { path: string; value: object; changedAt: number }) => Promise<void>;
    drop: (key: string, changedAt: number) => void;
  };
};

type Entry = EntryStatus & {
  path: string;
  value: object;
  changedAt: number;
  /** Ends when the browser keeps it; null where nothing is kept. */
  kept: Promise<void> | null;
  version: number;
  isSending: boolean;
  /** Runs while somebody is typing: the value is not sent yet. */
  pause: ReturnType<typeof setTimeout> | null;
  /** Worth trying again: no connection, or the server has a problem of its own. */
  retries: boolean;
};

/** A browser that takes longer to keep something than this holds nothing up. */
const KEEP_MS = 2000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

/**
 * Sends values to the server, at most one at a time a key and always the latest, and keeps each until the server has
 * that very value.
 */
export class SaveQueue {
  readonly #options: SaveQueueOptions;
  readonly #entries = new Map<string, Entry>();
  #retry: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #idle: (() => void)[] = [];

  constructor(options: SaveQueueOptions) {
    this.#options = options;
  }

  /**
   * Takes a value for this key in place of the one before.
   * @param knownAt when the value was given that this one replaces: it is never dated earlier
   * @param pauseMs waits for more typing before it sends
   */
  put(key: string, path: string, value: object, { knownAt = 0, pauseMs = 0 } = {}): void {
    const before = this.#entries.get(key);
    if (before?.pause) clearTimeout(before.pause);
    const entry: Entry = {
      ...{ state: 'saving', message: null, path, value, pause: null, retries: false },
      changedAt: Math.max(Math.round(this.#options.clock()), knownAt + 1, (before?.changedAt ?? 0) + 1),
      kept: null,
      version: (before?.version ?? 0) + 1,
      isSending: before?.isSending ?? false,
    };
    this.#entries.set(key, entry);
    entry.kept = this.#options.keep?.put(key, entry) ?? null;
    if (pauseMs > 0) entry.pause = setTimeout(() => this.#resume(key), pauseMs);
    else this.#start(key);
    this.#report();
  }

  /** Takes up what an earlier visit or another tab left waiting, with the time at which it was given; what was given since stays. */
  restore(key: string, path: string, value: object, changedAt: number): void {
    const before = this.#entries.get(key);
    if (before && before.changedAt >= changedAt) return;
    if (before?.pause) clearTimeout(before.pause);
    const state = { state: 'saving' as const, message: null, pause: null, retries: false };
    const [version, isSending] = [(before?.version ?? 0) + 1, before?.isSending ?? false];
    this.#entries.set(key, { ...state, path, value, changedAt, kept: null, version, isSending });
    this.#start(key);
    this.#report();
  }

  /** The value that the server does not have yet, if there is one. */
  unsent(key: string): object | null {
    return this.#entries.get(key)?.value ?? null;
  }

  /** Sends at once what was waiting for more typing. */
  flush(): void {
    for (const [key, entry] of this.#entries) if (entry.pause) this.#resume(key);
  }

  /** Tries again now, for when the connection is back. */
  retryNow(): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    for (const [key, entry] of this.#entries) if (entry.retries) this.#start(key);
  }

  /**
   * Waits until the server has everything, at most so long.
   * @returns `refused` when all that is left was refused for good
   */
  async settle(ms: number): Promise<'done' | 'waiting' | 'refused'> {
    this.flush();
    this.retryNow();
    if (this.#entries.size > 0 && !this.#isStuck()) {
      await atMost(ms, new Promise<void>((done) => this.#idle.push(done)));
    }
    if (this.#entries.size === 0) return 'done';
    return [...this.#entries.values()].every(isRefused) ? 'refused' : 'waiting';
  }

  /** The keys of what was refused for good. */
  get refused(): string[] {
    return [...this.#entries].filter(([, entry]) => isRefused(entry)).map(([key]) => key);
  }

  /** Lets go of what the server refuses for good. */
  forgetRefused(): void {
    for (const [key, entry] of this.#entries) {
      if (!isRefused(entry)) continue;
      this.#entries.delete(key);
      this.#options.keep?.drop(key, entry.changedAt);
    }
    this.#report();
  }

  #resume(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    if (entry.pause) clearTimeout(entry.pause);
    entry.pause = null;
    this.#start(key);
  }

  #start(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.isSending || entry.pause) return;
    entry.isSending = true;
    entry.retries = false;
    void this.#send(key, entry);
  }

  async #send(key: string, sent: Entry): Promise<void> {
    let reply: Reply;
    try {
      reply = await readReply(
        await this.#options.send(sent.path, JSON.stringify({ ...sent.value, changedAt: sent.changedAt })),
      );
    } catch {
      reply = { kind: 'none' };
      await this.#untilKept(key);
    }
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.isSending = false;
    if (reply.kind === 'stored') this.#failures = 0;
    // Changed while it was under way: only the latest value counts.
    if (entry.version !== sent.version) {
      if (reply.kind === 'none') this.#wait(entry);
      else this.#start(key);
    } else if (reply.kind === 'stored') {
      this.#entries.delete(key);
      this.#options.keep?.drop(key, Math.max(sent.changedAt, reply.changedAt));
      this.#options.onStored(key, reply.body, reply.changedAt <= sent.changedAt);
    } else if (reply.kind === 'none') {
      this.#wait(entry);
    } else {
      Object.assign(entry, { state: 'failed', message: this.#options.refusalText(reply.code, reply.message) });
      if (reply.isTemporary) this.#wait(entry, 'failed');
    }
    if (reply.kind === 'stored') this.retryNow();
    this.#report();
  }

  /** What is said to wait is there after the page is closed, and that is what was given last. */
  async #untilKept(key: string): Promise<void> {
    const kept = this.#entries.get(key)?.kept;
    if (!kept) return;
    await atMost(KEEP_MS, kept);
    if (this.#entries.get(key)?.kept !== kept) await this.#untilKept(key);
  }

  #wait(entry: Entry, state: EntryStatus['state'] = 'waiting'): void {
    entry.state = state;
    entry.retries = true;
    if (this.#retry) return;
    const delay = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 30_000;
    this.#retry = setTimeout(() => this.retryNow(), delay);
  }

  /** Nothing is under way: what is left was refused, or waits for the next try. */
  #isStuck(): boolean {
    return [...this.#entries.values()].every((entry) => !entry.isSending && !entry.pause);
  }

  #report(): void {
    const entries = [...this.#entries.entries()];
    const has = (state: SaveState) => entries.some(([, entry]) => entry.state === state);
    const state = has('failed') ? 'failed' : has('waiting') ? 'waiting' : has('saving') ? 'saving' : 'saved';
    this.#options.onStatus({
      ...{ state, unsent: entries.length },
      entries: Object.fromEntries(entries.map(([key, { state, message }]) => [key, { state, message }])),
    });
    if (this.#isStuck()) for (const done of this.#idle.splice(0)) done();
  }
}

/** Waits for this, but no longer than so many milliseconds. */
async function atMost(ms: number, what: Promise<void>): Promise<void> {
  await Promise.race([what, new Promise<void>((done) => setTimeout(done, ms))]);
}

function isRefused(entry: Entry): boolean {
  return entry.state === 'failed' && !entry.isSending && !entry.retries && !entry.pause;
}

type Reply =
  | { kind: 'none' }
  | { kind: 'stored'; body: unknown; changedAt: number }
  | { kind: 'refused'; code: unknown; message: string | null; isTemporary: boolean };

/** @throws when the reply breaks off */
async function readReply(response: Response): Promise<Reply> {
  const body: unknown = await response.json().catch((cause: unknown) => {
    if (response.ok || !(cause instanceof SyntaxError)) throw cause;
    return null;
  });
  const fields: Record<string, unknown> = { ...(typeof body === 'object' ? body : null) };
  const { changedAt, code, message } = fields;
  if (response.ok) return typeof changedAt === 'number' ? { kind: 'stored', body, changedAt } : { kind: 'none' };
  if (response.status === 408 || response.status === 429) return { kind: 'none' };
  const text = typeof message === 'string' ? message : null;
  // A refusal of the server's own has a code; a school's filter has none, nor has a request that came in halves.
  const isTemporary = response.status >= 500 || typeof code !== 'string';
  return { kind: 'refused', code, message: text, isTemporary };
}
