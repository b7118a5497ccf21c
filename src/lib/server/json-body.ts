import { json } from '@sveltejs/kit';
import { DomainError, statusOf, type ErrorCode } from '#lib/errors.ts';
import { errorText } from '#lib/text/errors.ts';
import { codeOf } from './http.ts';

/**
 * The JSON in a request's body, of which no more than `limit` bytes are kept.
 * @throws DomainError invalid_body when there is none, it is larger, no UTF-8, no JSON, or not sent as JSON
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type) || !request.body) throw new DomainError('invalid_body');
  const parts: Uint8Array[] = [];
  let size = 0;
  // Ended early, it is kept: the framework would cut the connection, and nobody would be told why.
  for await (const part of request.body.values({ preventCancel: true })) {
    size += part.byteLength;
    if (size <= limit) parts.push(part); // the rest is read all the same: who is cut off mid-way hears no answer
  }
  if (size > limit) throw new DomainError('invalid_body');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    throw new DomainError('invalid_body');
  }
}

/** For JSON endpoints: the result, or the refused rule as `{code, message}` with its status. */
export async function asJson<T>(work: () => Promise<T>): Promise<Response> {
  try {
    return json(await work());
  } catch (cause) {
    const code = codeOf(cause);
    if (code === null) throw cause;
    return refusal(code);
  }
}

/** The reply to a request that a rule refuses, for whoever reads JSON. */
export function refusal(code: ErrorCode): Response {
  return json({ code, message: errorText(code) }, { status: statusOf(code) });
}
