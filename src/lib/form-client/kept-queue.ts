import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What waits for the server, kept by the browser so that closing the page does not lose it. */

export type KeptEntry = { path: string; value: object; changedAt: number };
export type Kept = KeptEntry & { key: string };

const STORE = 'waiting';
const THIS_PAGE = Math.random();
/** What nobody came back for: a closed round would refuse it, and it is not ours to keep for ever. */
const KEEP_MS = 60 * 24 * 60 * 60 * 1000;

interface Schema extends DBSchema {
  [STORE]: { key: [form: string, key: string]; value: Kept & { form: string } };
}

/**
 * The waiting answers of one form in IndexedDB. Each is put there when it is given and leaves when the server has it.
 * Where the browser refuses storage (a private window) everything still works, but lives as long as the page:
 * `isKept` is false then.
 */
export class KeptQueue {
  readonly #form: string;
  readonly #database: Promise<IDBPDatabase<Schema> | null>;
  /** To the other pages of this browser that have this form open. */
  readonly #others: BroadcastChannel;
  #isForgotten = false;
  isKept = true;

  /**
   * @param onForgotten somebody stopped on another page of this browser, which has sent what was kept: nothing is kept
   *   from now on, and nothing of the form stays on the screen
   */
  constructor(form: string, onForgotten: () => void) {
    this.#form = form;
    this.#database = this.#open();
    this.#others = new BroadcastChannel(`drieluik ${form}`);
    this.#others.onmessage = ({ data }) => {
      if (data === THIS_PAGE) return; // the page that stops has its own way out
      this.#isForgotten = true;
      this.isKept = false;
      onForgotten();
    };
  }

  /** What waits since an earlier visit, oldest first. */
  async load(): Promise<Kept[]> {
    const all = await this.#try((database) => database.getAll(STORE));
    const old = Date.now() - KEEP_MS;
    for (const entry of all ?? []) {
      if (entry.changedAt < old) await this.#try((database) => database.delete(STORE, [entry.form, entry.key]));
    }
    return (all ?? [])
      .filter((entry) => entry.form === this.#form && entry.changedAt >= old)
      .sort((a, b) => a.changedAt - b.changedAt);
  }

  /** Keeps a value until the server has it, unless another page of this browser keeps a newer one; ends when that is done. */
  async put(key: string, { path, value, changedAt }: KeptEntry): Promise<void> {
    if (this.#isForgotten) return;
    await this.#change(key, (there) =>
      there && there.changedAt > changedAt ? there : { form: this.#form, key, path, value, changedAt },
    );
  }

  /** Lets go of a value, unless a newer one came in its place. */
  drop(key: string, changedAt: number): void {
    void this.#change(key, (there) => (there && there.changedAt > changedAt ? there : null));
  }

  /** Forgets this form on this device, on its other pages too: somebody else may use it next. */
  async forget(): Promise<void> {
    this.#isForgotten = true;
    this.isKept = false;
    this.#others.postMessage(THIS_PAGE);
    await this.wipe();
  }

  /** Lets go of all that waits. */
  async wipe(): Promise<void> {
    await this.#try((database) => database.delete(STORE, IDBKeyRange.bound([this.#form], [this.#form, []])));
  }

  /** One transaction, so that two pages of this browser cannot undo each other's. */
  async #change(
    key: string,
    next: (there: Schema[typeof STORE]['value'] | undefined) => Schema[typeof STORE]['value'] | null,
  ): Promise<void> {
    await this.#try(async (database) => {
      const change = database.transaction(STORE, 'readwrite');
      const value = next(await change.store.get([this.#form, key]));
      if (value) await change.store.put(value);
      else await change.store.delete([this.#form, key]);
      await change.done;
    });
  }

  async #open(): Promise<IDBPDatabase<Schema> | null> {
    try {
      return await openDB<Schema>('drieluik', 1, {
        upgrade: (database) => void database.createObjectStore(STORE, { keyPath: ['form', 'key'] }),
      });
    } catch {
      this.isKept = false;
      return null;
    }
  }

  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    const database = await this.#database;
    if (!database) return null;
    try {
      return await work(database);
    } catch {
      this.isKept = false;
      return null;
    }
  }
}
