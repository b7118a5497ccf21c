import {
  error,
  redirect,
  type Handle,
  type HandleServerError,
  type RequestEvent,
  type ServerInit,
} from '@sveltejs/kit';
import { building, dev, version } from '$app/environment';
import { getRequestEvent } from '$app/server';
import { sveltekitCookies } from 'better-auth/svelte-kit';
import { WITHOUT_STYLES } from '#lib/form/without-styles.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { overwriteKeep } from '#lib/page/put-off.ts';
import { toParts } from '#lib/page/to-parts.ts';
import type { UserActor } from '#lib/permissions.ts';
import { startApp, type App as RunningApp } from '#lib/server/app.ts';
import * as signIn from '#lib/server/accounts/sign-in-service.ts';
import { sessionCookie } from '#lib/server/auth/auth.ts';
import { KEPT_FOR_BACK } from '#lib/server/caching.ts';
import { compressed, type Page } from '#lib/server/compressed.ts';
import { recordRefusal } from '#lib/server/audit/refusals-service.ts';
import { clientFault, errorLine, responseTo } from '#lib/server/failures.ts';
import { canBeNamed, guardRoute, PERSONAL_LINK, SECOND_STEP, SIGN_IN } from '#lib/server/guard.ts';
import { withPath } from '#lib/server/own-path.ts';
import { newId } from '#lib/server/ids.ts';
import { wholeOf } from '#lib/server/in-turns.ts';
import * as jobs from '#lib/server/jobs/service.ts';
import { maskPath } from '#lib/server/log.ts';
import { refusal } from '#lib/server/json-body.ts';
import { readLanguage } from '#lib/server/language.ts';
import { noteRefusal, watchRefusals, type Refused } from '#lib/server/refused.ts';
import { noteRetriesBy, secondsUntil } from '#lib/server/retry-at.ts';
import * as setup from '#lib/server/setup/service.ts';
import { errorText } from '#lib/text/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import errorPage from './error.html?raw';

/** What an open round's page asks every half minute (`rounds/[round]/response`). */
const RESPONSE_NEWS = '/(trainer)/rounds/[round]/response';

/** Milliseconds that a save waits for another process's write; the rater's page tries again by itself. */
const BUSY_TIMEOUT = 1000;

/** The place of the language in app.html. */
const LANGUAGE = '%lang%';

const NOBODY = { session: null, actor: null };

let app: RunningApp;
let stopJobs: () => Promise<void>;

export const init: ServerInit = async () => {
  if (building) return;
  app = await startApp(process.env, {
    authPlugins: [sveltekitCookies(getRequestEvent)],
    busyTimeout: BUSY_TIMEOUT,
  });
  app.mail.start();
  stopJobs = jobs.start(app);
  process.once('sveltekit:shutdown', () => void stop());
  app.log.info({ version, schema: app.schema }, 'started');
  const token = await setup.setupToken(app.db);
  const { publicUrl } = app.config;
  // For the person at the terminal, not for the log: the address, and on an empty database the one-time link.
  process.stdout.write(`\nDrieluik: ${publicUrl}\n`);
  if (token !== null) process.stdout.write(`Open this one-time link to begin: ${publicUrl}/setup/${token}\n\n`);
};

async function stop(): Promise<void> {
  await app.mail.stop();
  await stopJobs();
  await app.close();
  app.log.info('stopped');
}

// Every text of a request is in its reader's language. Paraglide's own middleware would copy each request and keep a
// second context beside the framework's: a tenth of the work of saving an answer (bench/save).
overwriteGetLocale(() => getRequestEvent().locals.locale);
overwriteKeep((what) => {
  const event = getRequestEvent();
  return isPart(event) ? null : event.locals.putOff.push(what) - 1;
});
noteRetriesBy((until) => void (getRequestEvent().locals.retryAt = until));

// One handle rather than the framework's `sequence` of small ones, which costs every save more than its query.
export const handle: Handle = async ({ event, resolve }) => {
  event.locals.app = app;
  Object.assign(event.locals, NOBODY);
  event.locals.locale = readLanguage(event.cookies);
  event.locals.putOff = [];
  const { response, page } = await answer(event, resolve);
  // The headers of every answer are the wire's (wire/headers.ts). Cutting the tie with the page that opened it costs a
  // page's first frame a new process (bench/form); a rater's pages have addresses that no other page knows.
  const isForRaters = isRaterPage(event) || event.route.id === PERSONAL_LINK;
  if (isForRaters) {
    response.headers.set('Cross-Origin-Opener-Policy', 'unsafe-none');
  }
  const { retryAt } = event.locals;
  if (retryAt !== undefined) response.headers.set('Retry-After', secondsUntil(retryAt, new Date()));
  // Forms, reports and lists of people stay out of caches (rules.md, Links and mail), and so does what is not there.
  if (response.headers.get('Cache-Control') !== KEPT_FOR_BACK) {
    response.headers.set('Cache-Control', 'no-store');
  }
  const isTight = isForRaters || (event.route.id?.startsWith('/(school)') ?? false);
  const fault = (thrown: unknown) => errorLine(unexpected(thrown, event), event.locals.locale);
  const kind = { isData: event.isDataRequest, isTight, fault };
  return compressed(response, page, event.request.headers.get('accept-encoding'), kind);
};

/** `page`: the page's HTML, which the response then lacks; null where the response has its own body. */
type Answer = { response: Response; page: Page | null };

async function answer(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Answer> {
  const whole = (response: Response): Answer => ({ response, page: null });
  try {
    moveToOneHost(event);
    if (!isSameOrigin(event)) return whole(refusal('wrong_origin'));
    Object.assign(event.locals, await findWho(event));
    const work = async () => {
      admit(event);
      return rendered(event, resolve);
    };
    const { actor } = event.locals;
    if (actor === null) return await work();
    return await watchRefusals(work, (refused) => writeDown(refused, actor, event));
  } catch (cause) {
    return whole(responseTo(cause, event, errorPage, (thrown) => unexpected(thrown, event)));
  }
}

/**
 * The page is taken as text before the framework makes bytes of it and a tag by which caches know it: no cache keeps our
 * pages, and of a report that tag takes longer than reading its answers (bench/report).
 */
async function rendered(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Answer> {
  let page: Page | null = null;
  const scripts: string[] = [];
  const preload = ({ type, path }: { type: string; path: string }) => {
    if (type === 'js') scripts.push(path); // the page asks for them itself (page/script-preloader.ts)
    return type === 'css';
  };
  const transformPageChunk = ({ html }: { html: string }) => {
    const made = finish(html, event, scripts);
    if (dev) return wholeOf(made); // where the framework looks whether its comments are still there
    page = made;
    return '';
  };
  const response = await resolve(event, { transformPageChunk, preload });
  if (page !== null) response.headers.delete('ETag'); // of no text
  // A part is read, never opened: what stays is the policy of whatever is no page (wire/headers.ts).
  if (page !== null && isPart(event)) response.headers.delete('Content-Security-Policy');
  return { response, page };
}

/** What a part finds in the page that shows it. */
const IN_ITS_PAGE = /<style\b.*?<\/style>|<script data-src.*?<\/script>/gs;

function finish(html: string, event: RequestEvent, scripts: readonly string[]): Page {
  const { locale, putOff, pageValue: value } = event.locals;
  const page = isPart(event) ? html.replace(IN_ITS_PAGE, '') : html;
  const begin = page.indexOf(LANGUAGE);
  const rest = toParts(page.slice(begin + LANGUAGE.length), { putOff, value, scripts, isBare: isRaterPage(event) });
  return [page.slice(0, begin) + locale, ...rest];
}

/** Cookies and form posts belong to one address: a page opened under another name of this machine moves there. */
function moveToOneHost({ request, url: { pathname, search } }: RequestEvent): void {
  if (request.method !== 'GET' || pathname === '/healthz') return;
  if (request.headers.get('host') !== new URL(app.config.publicUrl).host) {
    redirect(307, `${app.config.publicUrl}${pathname}${search}`);
  }
}

/** The framework checks the origin of form posts only; this covers every method that changes something. */
function isSameOrigin({ request }: RequestEvent): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return true;
  return request.headers.get('origin') === app.config.publicUrl;
}

/** Whether a page of a form is fetched ahead, to be shown in place of another. */
function isPart(event: RequestEvent): boolean {
  return isRaterPage(event) && event.request.headers.has(WITHOUT_STYLES);
}

function isRaterPage({ route }: Pick<RequestEvent, 'route'>): boolean {
  return route.id?.startsWith('/(rater)') ?? false;
}

/** A rater's form has its own cookie: saving an answer need not look for an account. */
async function findWho({ route, cookies, request }: RequestEvent): ReturnType<typeof signIn.whoIs> {
  if (isRaterPage({ route }) || cookies.get(sessionCookie(app.config.publicUrl)) === undefined) return NOBODY;
  // A page that asks by itself whether there is news is not somebody at work.
  return signIn.whoIs(app.db, app.auth, request.headers, new Date(), route.id !== RESPONSE_NEWS);
}

/** An address that does not exist at all gets the framework's own 404, which has the product's look. */
function admit({ route, params, locals, request, url, isDataRequest }: RequestEvent): void {
  if (route.id === null) return;
  // The framework reads a page for whatever is sent to its data, and a report that is read is written down as opened.
  if (isDataRequest && !['GET', 'HEAD'].includes(request.method)) error(405, { message: m.request_not_possible() });
  const verdict = guardRoute(route.id, locals.actor, locals.session?.standing === 'half');
  if (verdict === 'sign_in' || verdict === 'second_step') {
    // Back to what was opened; whether there is such a thing is asked then. What was sent is not sent again.
    const to = request.method === 'GET' ? url.pathname + url.search : '/';
    redirect(303, withPath(verdict === 'sign_in' ? SIGN_IN : SECOND_STEP, to));
  }
  if (verdict === 'not_found') noteRefusal('page');
  if (verdict === 'not_found' || !canBeNamed(params)) {
    error(404, { message: errorText('not_found'), code: 'not_found' });
  }
}

/** What went wrong here is no reason to answer otherwise. */
async function writeDown(refused: Refused, actor: UserActor, event: RequestEvent): Promise<void> {
  const params = refused === 'object' ? event.params : {};
  const asked = { route: event.route.id ?? '-', method: event.request.method, params };
  await recordRefusal(app.db, actor, asked, new Date()).catch((cause: unknown) => unexpected(cause, event));
}

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
