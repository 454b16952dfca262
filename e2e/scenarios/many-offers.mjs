// A change of a whole large shop: its page shows how far it is and lives through a power cut; then everything is put back.
import assert from 'node:assert/strict';
import { becomeOwner, connectShop } from '../steps.mjs';
import { until } from '../world.mjs';

const OFFERS = 2_000;
export const options = { sim: { speed: 60, cards: 3_000, offers: OFFERS, shops: 1 } };

/** Numbers of a text with spaces of any kind between their digits. */
const numbers = (text) => text.replace(/(?<=\d)\s(?=\d)/g, '').match(/\d+/g).map(Number);

/** Most that a page may weigh on its way, bytes. */
const HEAVIEST = 15_000;

export default async function manyOffers({ world, enter }) {
  const { page } = await enter({ size: 'desktop' });
  await becomeOwner(page);
  const base = await connectShop(page, world, (await world.control('world')).logins[0].phone);
  await until('all offers are read', async () => {
    await page.goto(`${base}/prices`);
    return numbers(await page.locator('.pager').first().innerText()).includes(OFFERS);
  });

  const answer = await page.goto(`${base}/prices`);
  assert.equal(await answer.headerValue('content-encoding'), 'br');
  const { responseBodySize } = await answer.request().sizes();
  assert.ok(responseBodySize > 1_000 && responseBodySize <= HEAVIEST, `the page weighs ${responseBodySize} bytes`);
  await until('the rest of the rows comes by itself', async () => (await page.locator('table.prices tbody .row-head').count()) === 100);

  await page.goto(`${base}/prices/bulk?action=min&all=1&filter=`);
  await page.selectOption('select[name=how]', 'price');
  await page.fill('input[name=value]', '-15');
  await page.click('.bulk-form [type=submit]');
  await page.click('main form[method=post] [type=submit]');
  await page.waitForURL(`**${base}/prices/bulk/*`);
  const progress = page.getByRole('progressbar');
  await progress.waitFor();
  assert.equal(await progress.getAttribute('aria-valuemax'), String(OFFERS));

  const address = page.url();
  await page.goto('about:blank');
  await world.killApp();
  await world.startApp();
  await page.goto(address);
  const undo = page.locator('form[action$="/undo"] [type=submit]');
  await undo.waitFor({ timeout: 60_000 });
  assert.equal(await progress.count(), 0);
  const [changed, unchanged, refused] = (await page.locator('main dd.fact').allInnerTexts()).flatMap(numbers);
  assert.deepEqual([changed + refused, unchanged], [OFFERS, 0]);

  await undo.click();
  await until('all is put back', async () => (await progress.count()) === 0 && (await undo.count()) === 0);
  const [back] = (await page.locator('main dd.fact').allInnerTexts()).flatMap(numbers);
  assert.equal(back, changed);
  await until('the list has no limits any more', async () => {
    await page.goto(`${base}/prices`);
    const limits = await page.locator('table.prices td .corridor').allInnerTexts();
    return limits.length > 0 && limits.every((text) => !/\d/.test(text));
  });
}
