import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants } from 'node:zlib';

/** Bytes up to which a page is compressed at once: less than a millisecond, and no wait for a thread. */
const SMALL = 128 * 1024;
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * A page as it goes over the wire. The server's own compression (server.js) writes it as a stream, which costs a page of
 * the form as much as making it (bench/form); what is made whole is compressed whole.
 * @returns the same response where the browser does not take Brotli, or where it is no page
 */
export async function compressed(response: Response, acceptEncoding: string | null): Promise<Response> {
  if (!response.headers.get('content-type')?.startsWith('text/html') || !acceptsBrotli(acceptEncoding)) return response;
  const page = Buffer.from(await response.arrayBuffer());
  const body = page.length > SMALL ? await promisify(brotliCompress)(page, options) : brotliCompressSync(page, options);
  const headers = new Headers(response.headers);
  headers.set('Content-Encoding', 'br');
  headers.set('Content-Length', String(body.length));
  headers.append('Vary', 'Accept-Encoding');
  return new Response(new Uint8Array(body), { status: response.status, statusText: response.statusText, headers });
}

function acceptsBrotli(acceptEncoding: string | null): boolean {
  return /(?:^|,)\s*br\s*(?:,|$)/.test(acceptEncoding ?? '');
}
