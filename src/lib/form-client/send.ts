/** Milliseconds after which no reply is waited for. */
export const TIMEOUT_MS = 15_000;

/** Sends one answer. `keepalive`: a request that is under way survives leaving the page. */
export function send(path: string, body: string): Promise<Response> {
  return fetch(path, {
    ...{ method: 'PUT', body, keepalive: true, signal: AbortSignal.timeout(TIMEOUT_MS) },
    headers: { 'content-type': 'application/json' },
  });
}
