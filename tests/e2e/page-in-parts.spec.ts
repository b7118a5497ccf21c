import { WITHOUT_STYLES } from '#lib/form/without-styles.ts';
import * as make from '../support/factories.ts';
import { codesOn, enter } from './form-page.ts';
import { holdFrames } from './hold-frames.ts';
import { expect, hydrated, test } from './world.ts';

/** What a page of which a part is made later, and whose scripts come later, is in a browser (lib/page). */

test.beforeEach(() => {
  test.skip(test.info().project.name === 'phone', 'the same at any width');
});

test('a report is taken up as the server made it, and its scripts come after its first frame', async ({
  page,
  world,
}) => {
  const school = await world.school({ teachers: 3 });
  for (const invited of school.invited) await make.fillAndSubmit(world.db, invited, () => 3);
  const { report } = await world.closeAndRelease(school);
  await page.goto(await world.signInLink(school, 'ib'));
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);

  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      for (const section of document.querySelectorAll('main section')) section.setAttribute('data-from-server', '');
    });
  });
  const { release } = await holdFrames(page);
  const response = await page.goto(report);
  expect(response?.headers()['link'] ?? '').not.toContain('modulepreload');
  await hydrated(page);
  // The framework asks for the files of the page's parts itself, once it runs.
  const preloads = page.locator('link[rel=modulepreload]');
  const before = await preloads.count();
  await release();
  await expect.poll(() => preloads.count()).toBeGreaterThan(before + 5);

  const sections = page.locator('main section');
  expect(await sections.count()).toBeGreaterThan(5);
  expect(await page.locator('main section:not([data-from-server])').count()).toBe(0);
});

test('a page of the form goes out as far as its first statements, and whole when it is fetched ahead', async ({
  page,
  world,
}) => {
  const form = await enter(page, (await world.school()).linkOf('teacher'));
  await page.goto(`${form}/C1`);
  const codes = await codesOn(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const ask = (more: Record<string, string>) =>
    fetch(page.url(), { headers: { cookie, 'accept-encoding': 'identity', ...more } });
  const hasAspect = (html: string) => codes.filter((code) => html.includes(`id="aspect-${code}"`));

  const { body } = await ask({});
  const pieces = await Array.fromAsync(body?.pipeThrough(new TextDecoderStream()) ?? []);
  expect(hasAspect(pieces[0] ?? '').length).toBeGreaterThan(1);
  expect(hasAspect(pieces[0] ?? '').length).toBeLessThan(codes.length / 2);
  const html = pieces.join('');
  expect(hasAspect(html)).toEqual(codes);
  expect(html).not.toContain('<!--');
  expect(html.trim()).toMatch(/<\/html>$/);

  const ahead = await ask({ [WITHOUT_STYLES]: '1', 'accept-encoding': 'br' });
  expect(Number(ahead.headers.get('content-length'))).toBeGreaterThan(1000);
  expect(hasAspect(await ahead.text())).toEqual(codes);
});
