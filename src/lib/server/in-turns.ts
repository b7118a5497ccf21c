import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Page } from './compressed.ts';

/**
 * Writes a page's text part by part: one that is yet to be made once those before it are on their way. Ends the stream, at once
 * where nobody reads it any more.
 * @param fault writes down that a part could not be made, and says what stands in place of it and all that follows; where it throws
 *   the stream breaks off
 */
export async function writeInTurns(out: Writable, page: Page, fault: (cause: unknown) => string): Promise<void> {
  let text = '';
  try {
    for await (const part of inTurns(page)) {
      if (part !== null) {
        text += part;
        continue;
      }
      if (text !== '' && !(await write(out, text))) return;
      text = '';
    }
  } catch (cause) {
    try {
      text += fault(cause);
    } catch (thrown) {
      out.destroy(thrown instanceof Error ? thrown : new Error('not an Error'));
      return;
    }
  }
  out.end(text);
}

/** All of a page in one text. */
export async function wholeOf(page: Page): Promise<string> {
  const texts = await Array.fromAsync(inTurns(page));
  return texts.join('');
}

/** The texts, and null before each part that is yet to be made. */
async function* inTurns(page: Page): AsyncGenerator<string | null> {
  for (const part of page) {
    if (typeof part === 'string') {
      yield part;
      continue;
    }
    yield null;
    yield* inTurns(await part());
  }
}

/** False where the reader has left. What was taken is with the socket when this ends. */
async function write(out: Writable, text: string): Promise<boolean> {
  if (out.destroyed) return false;
  const gone = new AbortController();
  const left = once(out, 'close', { signal: gone.signal }).then(
    () => false,
    () => false,
  );
  const taken = new Promise<boolean>((resolve) => out.write(text, (cause) => resolve(!cause)));
  const isTaken = await Promise.race([taken, left]); // what waits for a reader who leaves is never called back
  gone.abort();
  await setImmediate();
  return isTaken;
}
