import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { errorText } from '#lib/text/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/text/numbers.ts';

/** What to say of a request that could not be answered by its own fault (status 4xx); null for any other status. */
export function clientFault(status: number): App.Error | null {
  if (status < 400 || status >= 500) return null;
  if (status === 404) return { message: errorText('not_found'), code: 'not_found' };
  if (status === 405) return { message: m.request_not_possible() };
  if (status === 413) return { message: m.request_too_large() };
  if (status === 415) return { message: m.request_no_form() };
  return { message: errorText('invalid_body'), code: 'invalid_body' };
}

/**
 * The response to what was thrown before a page was reached: the framework would make one too, but after the last
 * moment at which it can be given headers.
 * @param page the page for errors, in the base language, with the framework's place for the message
 * @param unexpected writes down what is no refusal, and says what to show
 */
export function responseTo(
  cause: unknown,
  event: RequestEvent,
  page: string,
  unexpected: (cause: unknown) => App.Error,
): Response {
  if (isRedirect(cause)) return new Response(null, { status: cause.status, headers: { location: cause.location } });
  const [status, body] = isHttpError(cause) ? [cause.status, cause.body] : [500, unexpected(cause)];
  const accept = event.request.headers.get('accept') ?? '';
  if (event.isDataRequest || (accept.includes('application/json') && !accept.includes('text/html'))) {
    return Response.json(body, { status });
  }
  const { locale } = event.locals;
  const html = inLanguage(page, locale).replaceAll('%sveltekit.error.message%', () => escapeHtml(textOf(body, locale)));
  return new Response(html, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' }, // its policy: wire/headers.ts
  });
}

/** In place of the rest of a page that went wrong when its beginning was sent already. */
export function errorLine(fault: App.Error, locale: Locale): string {
  return `<p class="wrap" role="alert">${escapeHtml(textOf(fault, locale))}</p>`;
}

function textOf({ message, id }: App.Error, locale: Locale): string {
  return id === undefined ? message : `${message} ${m.error_reference({ id }, { locale })}`;
}

/** The framework fills in no more than a message, so the page is whole in one language and its words are exchanged. */
function inLanguage(page: string, locale: Locale): string {
  const html = page.replace(`<html lang="${baseLocale}">`, `<html lang="${locale}">`);
  return [m.error_page_title, m.error_home].reduce(
    (text, word) => text.replaceAll(word({}, { locale: baseLocale }), word({}, { locale })),
    html,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
