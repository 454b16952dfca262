// A person on a fresh installation: signs up, connects a shop by phone and SMS, sets limits, switches the bot on and sees a
// price change with its receipt; after a power cut nothing is lost and nothing is sent twice.
import assert from 'node:assert/strict';
import { findings } from '../accessible.mjs';
import { becomeOwner, connectShop } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: ['--speed', '60'] };

export default async function firstPrice({ world, enter }) {
  const { page } = await enter({ size: 'desktop' });
  await becomeOwner(page);

  const { shops } = await world.control('world');
  await connectShop(page, world, shops[0].phone);
  const rows = page.locator('table tbody tr');
  await until('the offers of the shop are listed', async () => (await rows.count()) > 0);
  assert.deepEqual(await findings(page), []);

  await rows.first().locator('a').first().click();
  await page.waitForURL('**/prices/off_*');
  const offer = page.url();
  const price = (await world.control('ledger')).offers?.[0]?.price ?? 20_000;
  await page.fill('input[name=min_price]', String(Math.round(price * 0.8)));
  await page.fill('input[name=max_price]', String(Math.round(price * 1.2)));
  await page.click('main form [type=submit]');

  const first = await until('a price change reached the pretend Kaspi', async () => (await world.control('ledger')).changes?.[0], 60_000);
  await page.goto(offer);
  await page.waitForSelector('[data-receipt]');
  assert.deepEqual(await findings(page), []);

  await world.killApp();
  await world.startApp();
  await page.goto(offer);
  await page.waitForSelector('[data-receipt]');
  const { changes } = await world.control('ledger');
  const same = changes.filter((change) => change.sku === first.sku && change.city === first.city && change.price === first.price);
  assert.equal(same.length, 1, 'the change was sent once');
}
