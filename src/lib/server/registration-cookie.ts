import type { Cookies } from '@sveltejs/kit';
import { validate as isUuid } from 'uuid';
import { DomainError } from '#lib/errors.ts';
import type { App } from './app.ts';
import { isHttps } from './config.ts';
import { sealToken, unsealToken } from './ids.ts';
import { keepPace } from './limits/pace-service.ts';
import * as entering from './registrations/entering-service.ts';

/**
 * The cookies of whoever registers a school: the link's token, so that no address shows it, sent to that page only (as
 * rater.ts). There is no session in the database: a link that ends by a newer one ends them all.
 */

type Event = { locals: { app: App }; cookies: Cookies };

/** What a cookie opens: the page where schools register for a cohort, or a school's own. */
type Page = 'register' | 'registration';

/** Long enough to ask a director over the day; whoever comes back later opens the link again. */
const HOURS = 24;

const pathOf = (page: Page, id: string) => `/${page}/${id}`;

function nameOf({ app: { config } }: { app: App }, page: Page, id: string): string {
  return `${isHttps(config.publicUrl) ? '__Secure-' : ''}drieluik_${page}_${id}`;
}

/** Lets the browser open a page from now on. @returns where that is */
export function letIn({ locals, cookies }: Event, page: Page, id: string, token: string): string {
  const { config } = locals.app;
  const path = pathOf(page, id);
  cookies.set(nameOf(locals, page, id), sealToken(config.secret, token), {
    ...{ path, httpOnly: true, sameSite: 'lax', secure: isHttps(config.publicUrl), maxAge: HOURS * 3600 },
  });
  return path;
}

/** The token that the browser has for a page, if any; an id that none can have has no cookie. */
export function tokenFor({ locals, cookies }: Event, page: Page, id: string): string | undefined {
  if (!isUuid(id)) return undefined;
  return unsealToken(locals.app.config.secret, cookies.get(nameOf(locals, page, id)) ?? '');
}

/** Forgets it, on a computer that others use too. */
export function leave({ locals, cookies }: Event, page: Page, id: string): void {
  if (isUuid(id)) cookies.delete(nameOf(locals, page, id), { path: pathOf(page, id) });
}

/**
 * The registration that this request may see.
 * @throws DomainError link_unknown; TooManyAttempts for more than anybody does by hand
 */
export async function openOwn(event: Event & { params: { entry: string } }): Promise<entering.Own & { token: string }> {
  const { entry } = event.params;
  const token = tokenFor(event, 'registration', entry);
  if (token === undefined) throw new DomainError('link_unknown');
  keepPace('form', token);
  return { ...(await entering.openOwn(event.locals.app.db, entry, token)), token };
}
