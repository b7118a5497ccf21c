import { resolve } from 'node:path';
import { openDatabase } from '#lib/server/db/open.ts';
import { expect, hydrated } from '../support/browser.ts';
import type { RunningServer } from '../support/server.ts';
import { look } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** On a server that no other test uses: `count` partnerships with a programme each. */
async function addPartnerships(server: RunningServer, count: number): Promise<void> {
  const { db, close } = await openDatabase({ file: resolve(server.dataDir, 'drieluik.sqlite') });
  const created_at = new Date().toISOString();
  const ids = Array.from({ length: count }, (_, index) => `Regio ${index + 1}`);
  await db
    .insertInto('partnership')
    .values(ids.map((id) => ({ id, name: id, created_at })))
    .execute();
  await db
    .insertInto('programme')
    .values(ids.map((id) => ({ id, partnership_id: id, name: 'Leergang', created_at })))
    .execute();
  await close();
}

test('an administrator turns the pages of the country and searches it, with and without scripts', async ({
  page,
  newVisitor,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  await makeFirstAdmin(page, emptyServer);
  await addPartnerships(emptyServer, 60);
  const rows = page.locator('.partnerships > li');
  const pages = page.getByRole('navigation', { name: "Pagina's" });
  await page.goto('/partnerships');
  await expect(rows).toHaveCount(20);
  await expect(page.getByRole('status')).toHaveText('60 samenwerkingsverbanden · pagina 1 van 3');
  await expect(pages.getByRole('link')).toHaveText(['Volgende']);
  await look(page);

  await hydrated(page);
  await pages.getByRole('link', { name: 'Volgende' }).click();
  await expect(page.getByRole('status')).toHaveText('60 samenwerkingsverbanden · pagina 2 van 3');
  await expect(page).toHaveTitle('Samenwerkingsverbanden, pagina 2 van 3 · Drieluik');
  await expect(rows.first()).toContainText('Regio 21');
  await look(page);

  const plain = await newVisitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto('/partnerships?page=900');
  await expect(plain.getByRole('status')).toHaveText('60 samenwerkingsverbanden · pagina 3 van 3');
  await plain.getByLabel('Zoek op naam').fill('REGIO');
  await plain.getByRole('button', { name: 'Zoek' }).click();
  await plain.getByRole('link', { name: 'Volgende' }).click();
  await expect(plain).toHaveURL(/\?q=REGIO&page=2$/);
  await expect(plain.getByLabel('Zoek op naam')).toHaveValue('REGIO');
  await plain.getByLabel('Zoek op naam').fill('regio 6');
  await plain.getByRole('button', { name: 'Zoek' }).click();
  await expect(plain.getByRole('status')).toHaveText('2 samenwerkingsverbanden');
  await expect(plain.getByRole('link', { name: 'Volgende' })).toHaveCount(0);
});
