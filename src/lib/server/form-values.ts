import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { errorText } from '#lib/text/errors.ts';

/** The largest body of a form in bytes, where it is not said otherwise: names, addresses, dates, boxes to tick. */
const FORM_BYTES = 64 * 1024;

/**
 * The most fields that are read: far above a page of answers. Each becomes objects a hundred times its size, so that
 * three megabytes of separators would fill the memory of the whole server. A part of a body in parts counts as one.
 */
const FIELDS = 5_000;
const SEPARATOR = '&'.charCodeAt(0);

/** What stands between the parts of a body, in the signs that a reader of forms takes (Fetch, body in parts). */
const BOUNDARY = /;\s*boundary="?([\w'-]{1,70})/i;

/**
 * The body of a form, of which no more than `limit` bytes and `most` fields are kept. A body that is none becomes an error page (400, invalid_body),
 * and so does one that is too large (413).
 */
export async function readForm(request: Request, limit = FORM_BYTES, most = FIELDS): Promise<FormData> {
  const read = await receiveForm(request, limit, most);
  return read();
}

/**
 * The same in two steps. The body comes in at the speed of its sender, and takes its own size; what is given back reads it, at once
 * and in several times that size.
 */
export async function receiveForm(request: Request, limit: number, most: number): Promise<() => Promise<FormData>> {
  const [body, isTooLarge] = upTo(limit, most, request);
  const pieces = await orRefused(piecesOf(body.body), isTooLarge);
  // A body without any is no empty form, but none at all.
  const again = body.body && givingAway(pieces);
  return () => orRefused(new Response(again, { headers: body.headers }).formData(), isTooLarge);
}

async function piecesOf(body: Response['body']): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  if (body !== null) for await (const piece of body) pieces.push(piece);
  return pieces;
}

/** The pieces as a body, each kept no longer than until it is read: together they may be ten megabytes. */
function givingAway(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}

async function orRefused<T>(work: Promise<T>, isTooLarge: () => boolean): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (isTooLarge()) error(413, { message: m.request_too_large() });
    // The framework breaks off a body that is larger than any may be; its own error has the status for that.
    if (cause instanceof Error && 'status' in cause) throw cause;
    error(statusOf('invalid_body'), { message: errorText('invalid_body'), code: 'invalid_body' });
  }
}

/**
 * The same body, which breaks when it turns out to be too large; what is left is read and thrown away, so that the browser
 * comes to read the answer. A length that is claimed is not believed: there need be none.
 */
function upTo(limit: number, most: number, { body, headers }: Request): [Response, () => boolean] {
  let size = 0;
  const sent = headers.get('content-type') ?? '';
  const isInParts = /^\s*multipart\//i.test(sent);
  const boundary = isInParts ? (BOUNDARY.exec(sent)?.[1] ?? '') : '';
  // Said anew, so that what reads it takes the very boundary that is counted, and no second type after a comma.
  const type = isInParts ? `multipart/form-data; boundary=${boundary}` : sent.replace(/,.*/s, '');
  const marksIn = isInParts ? marks(`--${boundary}`) : separators;
  // A separator stands between two fields; in parts a mark begins each, and one more ends the last.
  let fields = isInParts ? -1 : 1;
  const isTooLarge = () => size > limit || fields > most;
  const counted = body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        size += part.byteLength;
        if (!isTooLarge()) fields += marksIn(part);
        if (!isTooLarge()) controller.enqueue(part);
      },
      flush(controller) {
        if (isTooLarge()) controller.error(new Error('the form is too large'));
      },
    }),
  );
  return [new Response(counted ?? null, { headers: { 'content-type': type } }), isTooLarge];
}

/** How many separators a piece of a body has. */
function separators(piece: Uint8Array): number {
  let count = 0;
  for (const byte of piece) if (byte === SEPARATOR) count += 1;
  return count;
}

/** Counts a mark in each next piece of a body, also one that is cut between two pieces. */
function marks(text: string): (piece: Uint8Array) => number {
  const mark = Buffer.from(text);
  let rest: Uint8Array = new Uint8Array();
  return (piece) => {
    const seen = Buffer.concat([rest, piece]);
    let count = 0;
    let from = 0;
    for (let at = seen.indexOf(mark); at !== -1; at = seen.indexOf(mark, from)) {
      count += 1;
      from = at + mark.length;
    }
    rest = seen.subarray(Math.max(from, seen.length - mark.length + 1));
    return count;
  };
}

/**
 * The texts that were sent in these fields, to check and to give back to the page: a field that was not sent, or that
 * holds a file, is not there.
 */
export async function formValues<N extends string>(
  request: Request,
  names: readonly N[],
): Promise<Partial<Record<N, string>>> {
  const data = await readForm(request);
  const values: Partial<Record<N, string>> = {};
  for (const name of names) {
    const value = data.get(name);
    if (typeof value === 'string') values[name] = value;
  }
  return values;
}
