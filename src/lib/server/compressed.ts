import { brotliCompressSync, constants, zstdCompressSync } from 'node:zlib';

/** How a page is compressed for a browser that takes it, best first, with the quality where smaller counts and where sooner does. */
const ENCODINGS = [
  {
    name: 'zstd',
    /** A report at 6 is a thirtieth larger than by Brotli's 5, in half of the time; a page at 3 is as large as by Brotli's 3, in a third. */
    quality: { tight: 6, quick: 3 },
    compress: (body: Uint8Array, quality: number) =>
      zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: quality } }),
  },
  {
    name: 'br',
    /**
     * A report is a tenth smaller at 5 than by the library's 4, in the same time; a page with a line a school is a tenth larger
     * at 3 (13 and 14.5 kB), in less than half of it.
     */
    quality: { tight: 5, quick: 3 },
    compress: (body: Uint8Array, quality: number) =>
      brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  },
] as const;

/** Of every page that is made. The framework names no encoding, and a page without one may be read as another (ASVS 5 §4.1.1). */
const PAGE_TYPE = 'text/html; charset=utf-8';

/** The text of a page in parts, which are not put together before they are bytes. */
export type Page = readonly string[];

/** What is made whole, and how it is compressed. */
type Kind = {
  /** It is the data that a page asks for to refresh itself. */
  isData?: boolean;
  /** It goes to people on whatever they have in their hands: smaller counts for more than sooner. */
  isTight?: boolean;
};

/**
 * A page, or the data of one, as it goes over the wire. The server's own compression (server.js) writes it as a stream, which
 * costs a page of the form as much as making it, and another thread makes it wait where there are few (bench/form,
 * bench/report): what is made whole is compressed whole, in a millisecond for a form and a few for a report.
 * @param page the text of the page, instead of the response's own body; null to take that
 * @returns the same, uncompressed, where the browser takes neither Zstandard nor Brotli, or where it is no page and no data
 */
export async function compressed(
  response: Response,
  page: Page | null,
  acceptEncoding: string | null,
  { isData = false, isTight = false }: Kind = {},
): Promise<Response> {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  const encoding = ENCODINGS.find(({ name }) => accepts(acceptEncoding, name));
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  if (isPage) headers.set('Content-Type', PAGE_TYPE);
  const isEmpty = page === null && response.body === null;
  if (!(isPage || isData) || isEmpty || !encoding) {
    if (page === null) return response;
    headers.delete('Content-Length');
    return new Response(page.join(''), { status, statusText, headers });
  }
  const { name, quality, compress } = encoding;
  const whole = page === null ? new Uint8Array(await response.arrayBuffer()) : bytesOf(page);
  const body = compress(whole, isTight ? quality.tight : quality.quick);
  headers.set('Content-Encoding', name);
  headers.set('Content-Length', String(body.length));
  headers.append('Vary', 'Accept-Encoding');
  return new Response(new Uint8Array(body), { status, statusText, headers });
}

function bytesOf(page: Page): Uint8Array {
  const bytes = Buffer.allocUnsafe(page.reduce((sum, part) => sum + Buffer.byteLength(part), 0));
  let length = 0;
  for (const part of page) length += bytes.write(part, length);
  return bytes;
}

/** Named, and without a weight: what a browser takes less gladly, or not at all, is left. */
function accepts(acceptEncoding: string | null, name: string): boolean {
  return (acceptEncoding ?? '').split(',').some((each) => each.trim() === name);
}
