import { error } from '@sveltejs/kit';
import { statusOf } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { errorText } from '#lib/text/errors.ts';

/** The largest body of a form in bytes, where it is not said otherwise: names, addresses, dates, boxes to tick. */
const FORM_BYTES = 64 * 1024;

/**
 * The most fields that are read: far above a page of answers. Each becomes objects a hundred times its size, so that
 * three megabytes of separators would fill the memory of the whole server.
 */
const FIELDS = 5_000;
const SEPARATOR = '&'.charCodeAt(0);

/**
 * The body of a form, of which no more than `limit` bytes and FIELDS fields are kept. A body that is none becomes an error page (400, invalid_body),
 * and so does one that is too large (413).
 */
export async function readForm(request: Request, limit = FORM_BYTES): Promise<FormData> {
  const [body, isTooLarge] = upTo(limit, request);
  try {
    return await body.formData();
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
function upTo(limit: number, { body, headers }: Request): [Response, () => boolean] {
  let size = 0;
  let fields = 1;
  const type = headers.get('content-type') ?? '';
  const isTooLarge = () => size > limit || fields > FIELDS;
  // In parts the sign is one like any other, and a field takes fifty bytes at least.
  const isSeparated = !/^\s*multipart\//i.test(type);
  const counted = body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        size += part.byteLength;
        if (isSeparated) for (const byte of part) if (byte === SEPARATOR) fields += 1;
        if (!isTooLarge()) controller.enqueue(part);
      },
      flush(controller) {
        if (isTooLarge()) controller.error(new Error('the form is too large'));
      },
    }),
  );
  return [new Response(counted ?? null, { headers: { 'content-type': type } }), isTooLarge];
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
