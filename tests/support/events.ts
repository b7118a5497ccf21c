import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import type { App } from '#lib/server/app.ts';

/** Requests to pages' loads, actions and endpoints without a server: one browser, with its cookies. */

type CookieOptions = { path: string };
export type Given = {
  params?: Record<string, string>;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  locale?: 'nl' | 'en';
};

/** What a request led to. */
export type Outcome =
  | { kind: 'data'; data: Record<string, unknown> }
  | { kind: 'redirect'; status: number; location: string }
  | { kind: 'error'; status: number; code: string | undefined; message: string }
  | { kind: 'failure'; status: number; data: Record<string, unknown> };

export class TestBrowser {
  readonly app: App;
  readonly cookies = new Map<string, { value: string; options: Record<string, unknown> }>();

  constructor(app: App) {
    this.app = app;
  }

  event({ params = {}, path = '/', method = 'GET', headers = {}, body, locale = 'nl' }: Given): object {
    const url = new URL(path, 'http://localhost:3000');
    return {
      ...{ params, url, locals: { app: this.app, actor: null, session: null, locale } },
      request: new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
      getClientAddress: () => '192.0.2.1',
      cookies: {
        get: (name: string) => this.cookies.get(name)?.value,
        set: (name: string, value: string, options: CookieOptions) => this.cookies.set(name, { value, options }),
        delete: (name: string) => this.cookies.delete(name),
      },
    };
  }

  /** Runs a load or an action; redirects, errors and failures come back as what they are. */
  async run(handler: (event: never) => unknown, given: Given): Promise<Outcome> {
    try {
      const result: unknown = await handler(this.event(given) as never);
      if (isActionFailure(result)) return { kind: 'failure', status: result.status, data: { ...Object(result.data) } };
      return { kind: 'data', data: (result ?? {}) as Record<string, unknown> };
    } catch (cause) {
      if (isRedirect(cause)) return { kind: 'redirect', status: cause.status, location: cause.location };
      if (isHttpError(cause)) {
        return { kind: 'error', status: cause.status, code: cause.body.code, message: cause.body.message };
      }
      throw cause;
    }
  }

  /** Runs an action with these fields. */
  post(
    action: ((event: never) => unknown) | undefined,
    given: Given & { fields?: Record<string, string> },
  ): Promise<Outcome> {
    if (!action) throw new Error('there is no such action');
    const body = new URLSearchParams(given.fields);
    return this.run(action, { ...given, method: 'POST', body });
  }

  /** Runs an endpoint. */
  async fetch(
    handler: (event: never) => Response | Promise<Response>,
    given: Given,
  ): Promise<{ status: number; body: unknown }> {
    const response = await handler(this.event(given) as never);
    return { status: response.status, body: await response.json() };
  }
}
