import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';

let last = '';

/** The cookie of the session that began last in this test, as a browser would send it. */
export function lastCookie(): string {
  return last;
}

/** Stands in for the framework's cookies: keeps what better-auth sets, for it is written down nowhere else. */
export function cookieJar(): BetterAuthPlugin {
  const handler = createAuthMiddleware((context) => {
    const set = context.context.responseHeaders?.get('set-cookie') ?? '';
    const [cookie] = /drieluik\.session_token=[^;]+/.exec(set) ?? [];
    if (cookie !== undefined) last = cookie;
    return Promise.resolve();
  });
  return { id: 'cookie-jar', hooks: { after: [{ matcher: () => true, handler }] } };
}
