// A person on a fresh installation: signs up, connects a shop by phone and SMS, sets limits, switches the bot on and sees a
// price change with its receipt; after a power cut nothing is lost and nothing is sent twice.
import assert from 'node:assert/strict';
import { findings } from '../accessible.mjs';
import { openShop } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { speed: 60 } };

/** Changes that the pretend Kaspi was sent with nothing new in them. */
const idle = (ledger) => ledger.filter((entry) => entry.same_as_before);

export default async function firstPrice({ world, enter }) {
  const { page } = await enter({ size: 'desktop' });
  const base = await openShop(page, world);
  await page.goto(`${base}/prices`);
  const rows = page.locator('table.prices tbody tr');
  assert.ok((await rows.count()) >= 30, 'the offers of the shop are listed');
  assert.deepEqual(await findings(page), []);

  const first = await until('a price change is visible at the pretend Kaspi', async () => (await world.control('ledger')).find((entry) => entry.visible), 90_000);
  await page.goto(`${base}/prices?q=${encodeURIComponent(first.sku)}`);
  await rows.first().locator('.row-head a').click();
  await page.waitForURL('**/prices/off_*');
  // One change names the prices of all cities; the receipt stands where the price became another one.
  const product = page.url().split('?')[0];
  const named = Object.keys(first.city_prices);
  const cities = named.length > 0 ? named : [''];
  const offer = await until('the receipt is on the page', async () => {
    for (const city of cities) {
      await page.goto(`${product}?city=${city}`);
      if ((await page.locator('#receipt .receipt').count()) > 0) return page.url();
    }
    return undefined;
  });
  assert.deepEqual(await findings(page), []);

  await page.goto('about:blank');
  await world.killApp();
  await world.startApp();
  await page.goto(offer);
  assert.equal(await page.locator('#receipt .receipt').count(), 1, 'the receipt outlived the power cut');
  const before = (await world.control('ledger')).length;
  await until('the bot goes on after the power cut', async () => (await world.control('ledger')).length > before, 90_000);
  assert.deepEqual(idle(await world.control('ledger')), [], 'nothing was sent twice');
}
