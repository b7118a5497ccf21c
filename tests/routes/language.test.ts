import { describe, expect, it } from 'vitest';
import { isRedirect } from '@sveltejs/kit';
import { TestBrowser, type Given } from '../support/events.ts';
import { testApp } from '../support/database.ts';
import { POST } from '../../src/routes/(public)/language/+server.ts';

/** Where the language switch leads to. */
async function ledTo(given: Given): Promise<string> {
  const browser = new TestBrowser(await testApp());
  const handler = POST as (event: never) => unknown;
  try {
    await handler(browser.event({ ...given, method: 'POST' }) as never);
  } catch (cause) {
    if (isRedirect(cause)) return cause.location;
    throw cause;
  }
  return 'nowhere';
}
const to = (path: string) => ledTo({ body: new URLSearchParams({ language: 'en', to: path }) });

describe('the language switch', () => {
  it.each(['/', '/cohorts/x?y=1&z=a%20b#s-1', '/reports/caf%C3%A9'])('returns to the page: %s', async (path) => {
    expect(await to(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a b',
    'https://evil.example',
  ])('leads to no other site: %j', async (path) => {
    expect(await to(path)).toBe('/');
  });

  it('leads home when nothing readable was sent', async () => {
    await expect(ledTo({ body: 'language=en' })).rejects.toMatchObject({ status: 400 });
    expect(await ledTo({ body: new URLSearchParams({ language: 'xx' }) })).toBe('/');
  });
});
