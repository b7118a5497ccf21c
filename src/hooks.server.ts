import { sequence } from '@sveltejs/kit/hooks';
import {
  error,
  redirect,
  type Handle,
  type HandleServerError,
  type RequestEvent,
  type ServerInit,
} from '@sveltejs/kit';
import { building, version } from '$app/environment';
import { getRequestEvent } from '$app/server';
import { sveltekitCookies } from 'better-auth/svelte-kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { startApp, type App as RunningApp } from '#lib/server/app.ts';
import * as accounts from '#lib/server/accounts/service.ts';
import { clientFault, responseTo } from '#lib/server/failures.ts';
import { guardRoute } from '#lib/server/guard.ts';
import { newId } from '#lib/server/ids.ts';
import { maskPath } from '#lib/server/log.ts';
import * as setup from '#lib/server/setup/service.ts';
import { errorText } from '#lib/text/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import errorPage from './error.html?raw';

/** Milliseconds that a save waits for another process's write; the rater's page tries again by itself. */
const BUSY_TIMEOUT = 1000;

let app: RunningApp;

export const init: ServerInit = async () => {
  if (building) return;
  app = await startApp(process.env, {
    authPlugins: [sveltekitCookies(getRequestEvent)],
    busyTimeout: BUSY_TIMEOUT,
  });
  process.once('sveltekit:shutdown', () => void stop());
  app.log.info({ version, schema: app.schema }, 'started');
  const token = await setup.setupToken(app.db);
  const { publicUrl } = app.config;
  // For the person at the terminal, not for the log: the address, and on an empty database the one-time link.
  process.stdout.write(`\nDrieluik: ${publicUrl}\n`);
  if (token !== null) process.stdout.write(`Open this one-time link to begin: ${publicUrl}/setup/${token}\n\n`);
};

async function stop(): Promise<void> {
  await app.close();
  app.log.info('stopped');
}

const locals: Handle = ({ event, resolve }) => {
  event.locals.app = app;
  event.locals.actor = null;
  return resolve(event);
};

/** The framework checks the origin of form posts only; this covers every method that changes something. */
const sameOrigin: Handle = ({ event, resolve }) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(event.request.method)) return resolve(event);
  if (event.request.headers.get('origin') === app.config.publicUrl) return resolve(event);
  return new Response(JSON.stringify({ code: 'wrong_origin', message: errorText('wrong_origin') }), {
    status: 403,
    headers: { 'content-type': 'application/json' },
  });
};

/** Cookies and form posts belong to one address: a page opened under another name of this machine moves there. */
const oneHost: Handle = ({ event, resolve }) => {
  const { pathname, search } = event.url;
  const isElsewhere = event.request.headers.get('host') !== new URL(app.config.publicUrl).host;
  if (event.request.method === 'GET' && isElsewhere && pathname !== '/healthz') {
    redirect(307, `${app.config.publicUrl}${pathname}${search}`);
  }
  return resolve(event);
};

const language: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ request, locale }) => {
    event.request = request;
    event.locals.locale = locale;
    return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
  });

const identity: Handle = async ({ event, resolve }) => {
  // A rater's form has its own cookie: saving an answer need not look for an account.
  if (!event.route.id?.startsWith('/(rater)') && event.cookies.get(sessionCookie()) !== undefined) {
    const session = await app.auth.api.getSession({ headers: event.request.headers });
    if (session) event.locals.actor = await accounts.actorOf(app.db, session.user);
  }
  const verdict = event.route.id === null ? 'not_found' : guardRoute(event.route.id, event.locals.actor);
  if (verdict === 'sign_in') redirect(303, '/sign-in');
  // An address that does not exist at all gets the framework's own 404, which has the product's look.
  if (verdict === 'not_found' && event.route.id !== null) {
    error(404, { message: errorText('not_found'), code: 'not_found' });
  }
  return resolve(event);
};

const headers: Handle = async ({ event, resolve }) => {
  const response = await answer(event, resolve);
  response.headers.set('X-Content-Type-Options', 'nosniff');
  response.headers.set('Referrer-Policy', 'same-origin');
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  response.headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  // Forms, reports and lists of people stay out of caches (rules.md, Links and mail).
  if (event.route.id !== null && !event.route.id.startsWith('/(public)/healthz')) {
    response.headers.set('Cache-Control', 'no-store');
  }
  return response;
};

async function answer(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Response> {
  try {
    return await resolve(event);
  } catch (cause) {
    return responseTo(cause, event, errorPage, (thrown) => unexpected(thrown, event));
  }
}

export const handle = sequence(locals, headers, oneHost, sameOrigin, language, identity);

export const handleError: HandleServerError = ({ error: thrown, event, status }) =>
  clientFault(status) ?? unexpected(thrown, event);

function unexpected(thrown: unknown, event: RequestEvent): App.Error {
  const id = newId();
  const cause = thrown instanceof Error ? thrown : new Error('not an Error');
  app.log.error(
    { id, method: event.request.method, path: maskPath(event.url.pathname), stack: cause.stack },
    cause.name,
  );
  return { message: m.unexpected_error(), id };
}

function sessionCookie(): string {
  const prefix = app.config.publicUrl.startsWith('https:') ? '__Secure-' : '';
  return `${prefix}drieluik.session_token`;
}
