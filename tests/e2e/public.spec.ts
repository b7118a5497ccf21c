import { WITHOUT_STYLES } from '#lib/form/without-styles.ts';
import * as rounds from '#lib/server/rounds/service.ts';
import { enter, put, radio } from './form-page.ts';
import { expect, expectAccessible, hydrated, test } from './world.ts';

test('a started server is well', async ({ request }) => {
  const response = await request.get('/healthz');
  expect(response.status()).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    schema: expect.any(String),
  });
});

test('a visitor sees what Drieluik is, in two languages, and how to sign in', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Drie kanten kijken naar hetzelfde werk');
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await hydrated(page);
  await expectAccessible(page);
  const cookies = async () => (await page.context().cookies()).map(({ name }) => name);
  expect(await cookies(), 'none that nobody asked for').toEqual([]);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/$/);
  expect(await cookies()).toEqual(['language']);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expectAccessible(page);
});

test('an address that does not exist is told in the reader’s language', async ({ page, faults }) => {
  faults.allow(/status of 404/);
  for (const path of ['/nergens', '/form/0/C1', '/sign-in/x/y']) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  for (const path of ['/cohorts', '/admin', '/reports', '/reports/0']) {
    await page.goto(path);
    await expect(page, `${path} asks to sign in`).toHaveURL(`/sign-in?${new URLSearchParams({ to: path })}`);
  }
});

test('a sign-in link works once, and opening it does not use it up', async ({ page, newVisitor, world, faults }) => {
  faults.allow(/status of 404/);
  const school = await world.school();
  const link = await world.signInLink(school, 'ib');
  await page.goto(link);
  await page.reload();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);
  await expect(page.getByText('Marloes Hendriks')).toBeVisible();
  await expectAccessible(page);

  const other = await newVisitor();
  for (const used of [link, link.replace(/[\w-]+$/, 'never-was-a-link')]) {
    await other.goto(used);
    await other.getByRole('button', { name: 'Inloggen' }).click();
    await expect(other.getByRole('alert')).toHaveText('Deze inloglink werkt niet meer: hij is al gebruikt of te oud.');
    await expectAccessible(other);
  }
  await other.goto('/reports');
  await expect(other).toHaveURL(/\/sign-in\?to=%2Freports$/);

  const leaving = page.waitForResponse('**/sign-out');
  await page.getByRole('button', { name: 'Uitloggen' }).click();
  const forgets = await (await leaving).headerValue('clear-site-data');
  expect(forgets, 'Back shows nothing that was kept').toBe('"cache"');
  await expect(page.getByRole('status')).toHaveText('Je bent uitgelogd.');
  await page.goto('/reports');
  await expect(page).toHaveURL(/\/sign-in\?to=%2Freports$/);
});

test('pages say what a browser may do with them; forms and reports stay out of caches', async ({ page, world }) => {
  const school = await world.school();
  const form = await enter(page, school.linkOf('teacher'));
  const [link, open] = await Promise.all([page.request.get(school.linkOf('director')), page.request.get(`${form}/C1`)]);
  // A part that the form fetches ahead is no page of its own: no styles, no script, and nothing that either may do.
  const part = await page.request.get(`${form}/C1`, { headers: { [WITHOUT_STYLES]: '1' } });
  expect(part.headers()['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src/);
  expect(await part.text()).toMatch(/^(?!.*<(style|script)).*<fieldset class="aspect"/s);
  const { report } = await world.closeAndRelease(school);
  await page.goto(await world.signInLink(school, 'director'));
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page).toHaveURL(/\/reports$/);

  const addresses = ['/sign-in', `${form}/receipt`, '/reports', report];
  const others = await Promise.all(addresses.map((address) => page.request.get(address, { maxRedirects: 0 })));
  for (const response of [link, open, ...others]) {
    const address = response.url();
    expect(response.status(), address).toBe(200);
    const headers = response.headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    // Our two scripts in pages are known by their hashes (svelte.config.js); that of the framework's pages by its nonce.
    const scripts = /script-src 'self'(?: 'sha256-[^']+'){2}(.*?);/.exec(policy)?.[1];
    expect(scripts, address).toMatch(address.includes('/form/') ? /^$/ : /^ 'nonce-[^']+'$/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toContain('strict-dynamic'); // with it those two could ask for any script
    expect(policy).toContain("frame-ancestors 'none'");
    const isRaters = /\/(f|form)\//.test(address); // decision 56
    expect(headers['cross-origin-opener-policy'], address).toBe(isRaters ? 'unsafe-none' : 'same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control'], address).toBe('no-store');
  }
  const session = (await page.context().cookies()).find(({ name }) => name.includes('session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('what another site sends is refused and changes nothing', async ({ page, world }) => {
  const school = await world.school();
  const link = school.linkOf('teacher');
  for (const origin of ['https://elders.example', 'null', undefined]) {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    expect((await page.request.post(link, { headers, form: {} })).status()).toBe(403);
  }
  const [before] = await rounds.progress(world.db, school.cohort.trainer, school.roundId);
  expect(before?.raters.every(({ status }) => status === null)).toBe(true);

  const form = await enter(page, link);
  const answer = { score: 4, cannotJudge: false, reason: null, unclear: false, comment: '', changedAt: Date.now() };
  for (const origin of ['https://elders.example', 'null', undefined]) {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const refused = await page.request.put(`${form}/answers/C1.01`, { headers, data: answer });
    expect(refused.status()).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'wrong_origin' });
    expect((await page.request.post(`${form}/open`, { headers, form: {} })).status()).toBe(403);
  }
  expect((await put(page, form, 'C1.02', { choice: '4' })).status()).toBe(200);
  await page.goto(`${form}/C1`);
  await expect(page.locator('input[name="C1.01"]:checked')).toHaveCount(0);
  await expect(radio(page, 'C1.02', '4')).toBeChecked();
});

test('another name of this machine leads to the public address', async ({ request, server }) => {
  const elsewhere = server.url.replace('localhost', '127.0.0.1');
  const moved = await request.get(`${elsewhere}/sign-in?a=1`, { maxRedirects: 0 });
  expect(moved.status()).toBe(307);
  expect(moved.headers()['location']).toBe(`${server.url}/sign-in?a=1`);
  expect((await request.get(`${elsewhere}/healthz`)).status()).toBe(200);
});
