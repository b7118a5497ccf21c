import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import type { UserActor } from '#lib/permissions.ts';
import type { Session } from '#lib/server/accounts/sign-in-service.ts';
import type { App } from '#lib/server/app.ts';

/** Somebody on a page: who, with which parameters of the address, and the fields of a form if one is sent. */
export type Visit = {
  app: App;
  actor: UserActor | null;
  params?: object;
  /** What comes after the question mark in the address. */
  query?: string;
  form?: Record<string, string> | FormData | ReadableStream;
  /** The session that the browser has; none unless a test is about it. */
  session?: Session | null;
  headers?: Record<string, string>;
  /** The address that it comes from. */
  client?: string;
};

/** What came of it: the page's data, where it went on to, or the status it was refused with and what the form shows. */
export type Outcome = { data: unknown } | { to: string } | { status: number; shown: unknown };

/** Loads a page as the framework does. */
export function visit<E>(load: (event: E) => unknown, visit: Visit): Promise<Outcome> {
  return outcomeOf(() => load(eventOf<E>(visit)));
}

/** Sends a form to an action of a page; `default` where the page has one. */
export function send<E>(actions: Record<string, (event: E) => unknown>, name: string, visit: Visit): Promise<Outcome> {
  const action = actions[name];
  if (!action) throw new Error(`the page has no action ${name}`);
  return outcomeOf(() => action(eventOf<E>(visit)));
}

function eventOf<E>(visit: Visit): E {
  const { app, actor, params = {}, query = '', form = {}, session = null, headers = {}, client = '192.0.2.1' } = visit;
  const body = form instanceof FormData || form instanceof ReadableStream ? form : new URLSearchParams(form);
  const url = new URL(`?${query}`, app.config.publicUrl);
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, headers, duplex: 'half' };
  const request = new Request(url, init);
  const depends = () => undefined;
  const getClientAddress = () => client;
  return { locals: { app, actor, session, locale: 'nl' }, params, url, request, depends, getClientAddress } as E;
}

async function outcomeOf(work: () => unknown): Promise<Outcome> {
  try {
    const data: unknown = await work();
    return isActionFailure(data) ? { status: data.status, shown: data.data } : { data };
  } catch (cause) {
    if (isRedirect(cause)) return { to: cause.location };
    if (isHttpError(cause)) return { status: cause.status, shown: cause.body };
    throw cause;
  }
}
