import { setImmediate as breath } from 'node:timers/promises';

/**
 * What is made piece by piece as the body of an answer: each piece is made when the reader has room for it, with the server's
 * other work in between, and nobody makes the rest for a reader who left. What fails breaks the answer off, so that half a
 * file cannot pass for a whole one.
 */
export function streamOf(pieces: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      await breath();
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
