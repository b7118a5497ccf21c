import { expect, hydrated } from '../support/browser.ts';
import { look, phone } from './look.ts';
import { makeFirstAdmin, test } from './trainer-ways.ts';

/** The picture of a cohort, with the examples, on a server that no other test uses. */
test('a trainer sees what to train, and walks through the statements', async ({ page, newVisitor, emptyServer }) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(180_000);
  await makeFirstAdmin(page, emptyServer);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: /^Bekijk het beeld van het cohort ?: T2$/ }).click();
  await expect(page.locator('[data-figure=next-session] [data-aspect]')).toHaveCount(10);
  await expect(page.locator('[data-figure=heatmap] tr[data-aspect]')).toHaveCount(93);
  const dashboard = page.url();
  await look(page);

  await page.getByRole('heading', { name: '93 stellingen, per zienswijze' }).scrollIntoViewIfNeeded();
  const cell = page.locator('[data-figure=heatmap] tr[data-aspect="C1.01"] a');
  await cell.focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-figure=heatmap] tr[data-aspect="C1.02"] a')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/dashboard\/aspects\/C1\.02$/);
  await expect(page.locator('[data-figure=aspect-rounds] tbody tr')).toHaveCount(4);
  await look(page);
  await page.getByRole('link', { name: /^Volgende/ }).click();
  await expect(page).toHaveURL(/C1\.03$/);

  // On a phone, without scripts: one competency at a time.
  const storageState = await page.context().storageState();
  const second = await newVisitor({ ...phone, storageState, javaScriptEnabled: false });
  await second.goto(dashboard);
  await expect(second.locator('[data-figure=heatmap] table').filter({ visible: true })).toHaveCount(1);
  await second.getByRole('link', { name: 'Zorgbesprekingen leiden' }).click();
  const statement = second.locator('tr[data-aspect="C2.01"] .st');
  await expect(statement).toHaveText(/^ ?De IB'er verstuurt uiterlijk twee dagen/);
  expect((await statement.boundingBox())?.width).toBeGreaterThan(100); // in its row, not only for whoever hears it
  await expect(second.locator('[data-figure=heatmap] tr[data-aspect="C1.01"]')).toBeHidden();
});

test('below five schools it says why there are no figures, and before closing when they come', async ({
  page,
  emptyServer,
}) => {
  test.skip(test.info().project.name === 'phone', 'looks at both widths itself');
  test.setTimeout(120_000);
  await makeFirstAdmin(page, emptyServer);
  await hydrated(page);
  await page.getByRole('button', { name: 'Laad de voorbeelden' }).click();
  await page.getByRole('link', { name: 'De Venen (voorbeeld)', exact: true }).click();
  await page.getByRole('link', { name: /^Bekijk het beeld van het cohort ?: T0$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cijfers over een cohort zijn er vanaf 5 scholen');
  await expect(page.locator('[data-withheld=too_few_schools]')).toBeVisible();
  await look(page);
  // Nothing that is empty is offered: no comparison, no file, no chart.
  const few = page.url().replace(/\/dashboard$/, '');
  await page.goto(`${few}/compare`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vergelijken kan vanaf 5 scholen');
  await expect(page.locator('main select')).toHaveCount(0);
  await look(page);
  await page.goto(`${few}/export`);
  await expect(page.getByText('Hier valt niets te downloaden.')).toBeVisible();
  await expect(page.locator('main a[download]')).toHaveCount(0);
  await look(page);
  await page.goto(few);
  await expect(page.getByRole('link', { name: /^(Vergelijk|Cijfers downloaden)$/ })).toHaveCount(0);

  await page.goto('/cohorts');
  await page.getByRole('link', { name: 'Rivierenrand (voorbeeld)', exact: true }).click();
  const open = await page.getByRole('link', { name: 'T3', exact: true }).getAttribute('href');
  const pages = {
    dashboard: 'Het beeld van het cohort komt na het vrijgeven',
    compare: 'Vergelijken kan na het vrijgeven',
    export: 'Downloaden kan na het vrijgeven',
  };
  for (const [name, heading] of Object.entries(pages)) {
    await page.goto(`${open}/${name}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page.getByText('Meting T3 loopt nog.')).toBeVisible();
    await look(page);
  }
});
