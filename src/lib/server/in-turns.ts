import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Page } from './compressed.ts';

/**
 * Writes a page's text part by part: one that is yet to be made once those before it are on their way. Ends the stream, at once
 * where nobody reads it any more.
 * @param fault writes down that a part could not be made, and says what stands in place of it and all that follows
 */
export async function writeInTurns(out: Writable, page: Page, fault: (cause: unknown) => string): Promise<void> {
  let text = '';
  try {
    for await (const part of inTurns(page)) {
      if (part !== null) {
        text += part;
        continue;
      }
      if (text !== '' && !(await isTaken(out, text))) return;
      text = '';
    }
  } catch (cause) {
    text += fault(cause);
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
async function isTaken(out: Writable, text: string): Promise<boolean> {
  const cause = await new Promise((resolve) => out.write(text, resolve));
  await setImmediate();
  return !cause;
}
