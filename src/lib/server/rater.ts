import type { Cookies } from '@sveltejs/kit';
import { validate as isUuid } from 'uuid';
import { DomainError } from '#lib/errors.ts';
import type { App } from './app.ts';
import { isHttps } from './config.ts';
import { sealToken, unsealToken } from './ids.ts';
import type { Entry } from './invitations/service.ts';
import { keepPace } from './limits/pace-service.ts';
import * as responses from './responses/service.ts';

/** The cookie of a rater's session: one a form, sent to that form's pages only (rules.md, Links and mail). */

/** Its path keeps it from being a `__Host-` cookie, so over https it is a `__Secure-` one (ASVS 5 §3.3.1). */
function nameOf({ app: { config } }: { app: App }, responseId: string): string {
  return `${isHttps(config.publicUrl) ? '__Secure-' : ''}drieluik_form_${responseId}`;
}

const pathOf = (responseId: string) => `/form/${responseId}`;

type EntryEvent = { locals: { app: App }; cookies: Cookies };
type RaterEvent = { locals: { app: App }; params: { response: string }; cookies: Cookies };

/** Lets the browser open this form from now on. @returns where the form is */
export function setFormCookie({ cookies, locals }: EntryEvent, entry: Entry): string {
  const path = pathOf(entry.responsePublicId);
  cookies.set(nameOf(locals, entry.responsePublicId), sealToken(locals.app.config.secret, entry.sessionToken), {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(locals.app.config.publicUrl),
    expires: entry.expiresAt,
  });
  return path;
}

/** The session of this request's form, if the browser has one. */
export function formSession({ locals, params, cookies }: RaterEvent): string | undefined {
  return unsealToken(locals.app.config.secret, cookies.get(nameOf(locals, params.response)) ?? '');
}

/**
 * The form that this request may open.
 * @throws DomainError link_unknown; TooManyAttempts for more than anybody does by hand
 */
export async function openForm(event: RaterEvent): Promise<responses.Form> {
  const session = formSession(event);
  if (session !== undefined) keepPace('form', session);
  return responses.open(event.locals.app.db, event.params.response, session);
}

/** What the pages of a form show of it; each opens the form once, and tells this. */
export function headOf(
  form: responses.Form,
): Pick<responses.Form, 'role' | 'mode' | 'rateeName' | 'schoolName' | 'cohortName' | 'roundName'> & { id: string } {
  const { role, mode, rateeName, schoolName, cohortName, roundName } = form;
  return { id: form.publicId, role, mode, rateeName, schoolName, cohortName, roundName };
}

/**
 * Ends the session on the server and in the browser.
 * @throws DomainError link_unknown at an address that no form can have: its cookie could not have a name
 */
export async function leaveForm(event: RaterEvent): Promise<void> {
  if (!isUuid(event.params.response)) throw new DomainError('link_unknown');
  const session = formSession(event);
  if (session !== undefined) await responses.endSession(event.locals.app.db, session);
  event.cookies.delete(nameOf(event.locals, event.params.response), { path: pathOf(event.params.response) });
}
