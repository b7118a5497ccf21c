import { PassThrough, Readable } from 'node:stream';
import { encodingFor } from './encodings.ts';
import { writeInTurns } from './in-turns.ts';

/** Of every page that is made. The framework names no encoding, and a page without one may be read as another (ASVS 5 §4.1.1). */
const PAGE_TYPE = 'text/html; charset=utf-8';

/** The text of a page in parts, in order. A function makes its parts once those before it are on their way. */
export type Page = readonly (string | (() => Page | Promise<Page>))[];

/** What goes over the wire, and how it is compressed. */
type Kind = {
  /** It is the data that a page asks for to refresh itself. */
  isData?: boolean;
  /** It goes to people on whatever they have in their hands: smaller counts for more than sooner. */
  isTight?: boolean;
  /** Writes down that a part could not be made, and says what stands in place of it and all that follows. */
  fault: (cause: unknown) => string;
};

/**
 * A page, or the data of one, as it goes over the wire. The server's own compression (server.js) writes it as a stream, which
 * costs a page of the form as much as making it, and another thread makes it wait where there are few (bench/form,
 * bench/report): what is made whole is compressed whole, in a millisecond. A page of which a part is made later is a
 * stream.
 * @param page the text of the page, instead of the response's own body; null to take that
 * @returns the same, uncompressed, where the browser takes none of our encodings, or where it is no page and no data
 */
export async function compressed(
  response: Response,
  page: Page | null,
  acceptEncoding: string | null,
  { isData = false, isTight = false, fault }: Kind,
): Promise<Response> {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  const encoding = encodingFor(acceptEncoding);
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  if (isPage) headers.set('Content-Type', PAGE_TYPE);
  const quality = encoding?.quality[isTight ? 'tight' : 'quick'] ?? 0;
  if (page !== null && !isMade(page)) {
    const out = encoding?.stream(quality) ?? new PassThrough();
    headers.delete('Content-Length');
    headers.set('X-Accel-Buffering', 'no'); // a proxy would hold the beginning back until it has more (docs/operations/nginx.conf)
    if (encoding) nameEncoding(headers, encoding.name);
    void writeInTurns(out, page, fault);
    return new Response(Readable.toWeb(out) as ReadableStream, { status, statusText, headers });
  }
  const isEmpty = page === null && response.body === null;
  if (!(isPage || isData) || isEmpty || !encoding) {
    if (page === null) return response;
    headers.delete('Content-Length');
    return new Response(page.join(''), { status, statusText, headers });
  }
  const text = page === null ? new Uint8Array(await response.arrayBuffer()) : bytesOf(page);
  const body = encoding.whole(text, quality);
  nameEncoding(headers, encoding.name);
  headers.set('Content-Length', String(body.length));
  return new Response(new Uint8Array(body), { status, statusText, headers });
}

function isMade(page: Page): page is readonly string[] {
  return page.every((part) => typeof part === 'string');
}

function nameEncoding(headers: Headers, name: string): void {
  headers.set('Content-Encoding', name);
  headers.append('Vary', 'Accept-Encoding');
}

function bytesOf(texts: readonly string[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  let length = 0;
  for (const text of texts) length += bytes.write(text, length);
  return bytes;
}
