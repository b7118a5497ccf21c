import { expect, test } from './world.ts';
import { look } from './look.ts';

test('a list that is looked at has all of its statements, also those out of sight', async ({ page, world }) => {
  const { trainer } = await world.programme('samenwerken-onder-spanning');
  await world.signIn(page, trainer);
  const list = await world.db
    .selectFrom('instrument_version')
    .select('id')
    .where('key', '=', 'ib-180')
    .executeTakeFirstOrThrow();
  await page.goto(`/lists/${list.id}/preview/ib/C4`);
  await expect(page.getByText('Er wordt niets bewaard.')).toBeVisible();
  const leftOut = () =>
    [...document.querySelectorAll('.cluster, .aspect')].filter(
      (part) => getComputedStyle(part).contentVisibility === 'auto',
    ).length;
  expect(await page.evaluate(leftOut)).toBe(0);
  await look(page);
});
