import { FILE_KINDS } from './hand-ins/file-kinds.ts';
import { downloadName } from './hand-ins/file-name.ts';
import type { StoredFile } from './hand-ins/service.ts';
import { atPace } from './limits/pace-service.ts';
import { Places } from './limits/places.ts';

/** A file stands in memory, ten megabytes of it, for as long as its reader takes: so many of one account, and of all together. */
const downloads = new Places(4, 12);

/** Milliseconds that a reader may take, for what others wait: 10 MB at 35 kB a second. */
const READ_MS = 5 * 60_000;

/** Bytes that go out at a time. */
const PIECE = 64 * 1024;

/**
 * A file that somebody handed in, as the answer to an account: at the pace of files, and so many at a time.
 * @throws TooManyAttempts; what `read` throws
 */
export function fileAnswer(account: string, read: () => Promise<StoredFile>): Promise<Response> {
  return atPace('file', account, async () => {
    const giveBack = downloads.take(account);
    try {
      return asAttachment(await read(), giveBack);
    } catch (cause) {
      giveBack();
      throw cause;
    }
  });
}

/**
 * A file to be kept and not to be shown: its type is what its content was found to be, its name ours, and where a browser opens
 * it all the same nothing in it may run, load or act.
 */
function asAttachment({ name, kind, bytes }: StoredFile, whenRead: () => void): Response {
  return new Response(inPieces(bytes, whenRead), {
    headers: {
      'content-type': FILE_KINDS[kind],
      'content-disposition': `attachment; filename="${downloadName(name, kind)}"`,
      'content-length': String(bytes.length),
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The bytes as their reader has room for them. @param whenRead called once they are no longer kept: read, left by their reader, or waited for too long */
function inPieces(bytes: Uint8Array, whenRead: () => void): ReadableStream<Uint8Array> {
  let rest = bytes;
  let late: NodeJS.Timeout;
  const end = () => {
    clearTimeout(late);
    rest = new Uint8Array();
    whenRead();
  };
  return new ReadableStream({
    start(controller) {
      late = setTimeout(() => {
        end();
        controller.error(new Error('the reader took too long'));
      }, READ_MS).unref();
    },
    pull(controller) {
      // A copy: a view of the last piece would keep the whole until it has gone out.
      if (rest.length > 0) controller.enqueue(rest.slice(0, PIECE));
      rest = rest.subarray(PIECE);
      if (rest.length > 0) return;
      controller.close();
      end();
    },
    cancel: end,
  });
}
