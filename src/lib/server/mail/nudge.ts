type Listener = () => void;

const listeners = new Set<Listener>();

/** Calls back when mail was put into an outbox in this process, possibly before it is committed. @returns how to end that */
export function onMail(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Tells who sends mail in this process that there may be some: it goes out right after the commit, since the sender's
 * query waits for the database's one connection until the transaction is over. Other processes find it by their job.
 */
export function mailWasAskedFor(): void {
  for (const listener of listeners) listener();
}
