import { readFileSync } from 'node:fs';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { clientFault, errorLine, responseTo } from './failures.ts';

const eventOf = (accept: string, isDataRequest = false, locale: 'nl' | 'en' = 'nl') =>
  ({
    request: new Request('http://localhost:3000/x', { headers: { accept } }),
    ...{ isDataRequest, locals: { locale } },
  }) as RequestEvent;
const errorPage = readFileSync(new URL('../../error.html', import.meta.url), 'utf8');
const page = '<p>%sveltekit.error.message%</p>';
const never = () => {
  throw new Error('not an unexpected error');
};
const thrownBy = (work: () => never): unknown => {
  try {
    return work();
  } catch (cause) {
    return cause;
  }
};

describe('a request that cannot be answered', () => {
  it.each([400, 404, 405, 413, 415, 429])('is told in words when it is the request’s own fault (%i)', (status) => {
    expect(clientFault(status)?.message).toMatch(/^[A-Z].*\.$/);
  });

  it('is told apart by what is wrong with it', () => {
    const texts = [404, 405, 413, 415].map((status) => clientFault(status)?.message);
    expect(new Set(texts).size).toBe(4);
    expect(clientFault(404)?.code).toBe('not_found');
  });

  it('is an unexpected error otherwise', () => {
    expect(clientFault(500)).toBeNull();
  });
});

describe('what the hooks throw', () => {
  it('becomes the redirect that it is', () => {
    const cause = thrownBy(() => redirect(303, '/sign-in'));
    const response = responseTo(cause, eventOf('text/html'), page, never);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in']);
  });

  it('becomes a page, or JSON for scripts', async () => {
    const cause = thrownBy(() => error(404, { message: 'Niet <hier>.', code: 'not_found' }));
    const shown = responseTo(cause, eventOf('text/html,*/*;q=0.8'), page, never);
    expect(shown.status).toBe(404);
    expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await shown.text()).toBe('<p>Niet &lt;hier&gt;.</p>');
    for (const event of [eventOf('application/json'), eventOf('*/*', true)]) {
      const response = responseTo(cause, event, page, never);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ message: 'Niet <hier>.', code: 'not_found' });
    }
  });

  it('becomes the whole page in the reader’s language', async () => {
    const cause = thrownBy(() => error(404, { message: 'Not here.', code: 'not_found' }));
    const dutch = await responseTo(cause, eventOf('text/html'), errorPage, never).text();
    expect(dutch).toMatch(/<html lang="nl">.*<h1>Dat lukte niet<\/h1>.*Naar de beginpagina/s);
    const english = await responseTo(cause, eventOf('text/html', false, 'en'), errorPage, never).text();
    expect(english).toMatch(/<html lang="en">.*<h1>That did not work<\/h1>.*<p>Not here\.<\/p>/s);
    expect(english).not.toMatch(/lukte|beginpagina|%sveltekit/);
  });

  it('shows the id of an unexpected error on the page', async () => {
    const shown = responseTo(new Error('broken'), eventOf('text/html'), page, () => ({ message: 'Mis.', id: 'x-1' }));
    expect(await shown.text()).toBe('<p>Mis. Kenmerk voor de beheerder: x-1</p>');
  });

  it('is said with the id where the rest of a page could not be made', () => {
    expect(errorLine({ message: 'Ging <mis>.', id: 'x-1' }, 'nl')).toBe(
      '<p class="wrap" role="alert">Ging &lt;mis&gt;. Kenmerk voor de beheerder: x-1</p>',
    );
  });

  it('is an unexpected error with its id otherwise', async () => {
    const cause = new Error('broken');
    const response = responseTo(cause, eventOf('application/json'), page, (given) => {
      expect(given).toBe(cause);
      return { message: 'Er ging iets mis.', id: 'x' };
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Er ging iets mis.', id: 'x' });
  });
});
