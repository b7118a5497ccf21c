import { brotliCompressSync, constants } from 'node:zlib';

/**
 * Brotli's quality. A report is a tenth smaller at 5 than by the library's 4, in the same time; a page with a line a school is
 * a tenth larger at 3 (13 and 14.5 kB), in less than half of it.
 */
const QUALITY = { tight: 5, quick: 3 } as const;

/** What is made whole, and how it is compressed. */
type Kind = {
  /** It is the data that a page asks for to refresh itself. */
  isData?: boolean;
  /** It goes to people on whatever they have in their hands: smaller counts for more than sooner. */
  isTight?: boolean;
};

/**
 * A page, or the data of one, as it goes over the wire. The server's own compression (server.js) writes it as a stream, which costs a page of
 * the form as much as making it, and another thread makes it wait where there are few (bench/form, bench/report): what is
 * made whole is compressed whole, in one millisecond for a form and four for a report.
 * @returns the same response where the browser does not take Brotli, or where it is neither
 */
export async function compressed(
  response: Response,
  acceptEncoding: string | null,
  { isData = false, isTight = false }: Kind = {},
): Promise<Response> {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!(isPage || isData) || response.body === null || !acceptsBrotli(acceptEncoding)) return response;
  const quality = isTight ? QUALITY.tight : QUALITY.quick;
  const body = brotliCompressSync(await response.arrayBuffer(), {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality },
  });
  const headers = new Headers(response.headers);
  headers.set('Content-Encoding', 'br');
  headers.set('Content-Length', String(body.length));
  headers.append('Vary', 'Accept-Encoding');
  return new Response(new Uint8Array(body), { status: response.status, statusText: response.statusText, headers });
}

function acceptsBrotli(acceptEncoding: string | null): boolean {
  return /(?:^|,)\s*br\s*(?:,|$)/.test(acceptEncoding ?? '');
}
