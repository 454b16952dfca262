// The program is killed again and again while it changes prices: nothing is sent twice, no price leaves its limits, the limits
// of Kaspi are kept, and it always goes on.
import assert from 'node:assert/strict';
import { openShop } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { speed: 60 } };

/** Milliseconds of life between two kills: short enough to hit sign-in, reading, sending and reading back. */
const LIVES = [400, 900, 1_500, 250, 2_200, 700, 1_800, 1_100];
const DOWN = 20;
const UP = 20;

export default async function powerCuts({ world, enter }) {
  const { page } = await enter({ size: 'desktop' });
  const uid = (await world.control('world')).shops[0].uid;
  const begun = await world.control(`shops/${uid}/offers`);
  const base = await openShop(page, world);
  await page.goto('about:blank');

  for (const life of LIVES) {
    await new Promise((resolve) => setTimeout(resolve, life));
    await world.killApp();
    await world.startApp();
  }
  const before = (await world.control('ledger')).length;
  await until('the bot goes on after the last power cut', async () => (await world.control('ledger')).length > before, 150_000);

  const ledger = await world.control('ledger');
  const again = ledger.filter((entry) => entry.same_as_before);
  assert.deepEqual(again, [], 'nothing was sent twice');
  const first = new Map(begun.map((offer) => [offer.sku, offer]));
  for (const entry of ledger) {
    const offer = first.get(entry.sku);
    const prices = [offer.price, ...Object.values(offer.city_prices)].filter((price) => price !== null);
    const [least, most] = [Math.min(...prices) * (1 - DOWN / 100), Math.max(...prices) * (1 + UP / 100)];
    for (const price of Object.values(entry.city_prices)) {
      assert.ok(price >= Math.floor(least) && price <= Math.ceil(most), `${entry.sku}: ${price} is outside ${least}…${most}`);
    }
  }
  const [shop] = (await world.control('world')).shops;
  assert.equal(shop.changes.violations, 0, 'the limits of Kaspi were kept');
  await page.goto(`${base}/automation`);
  await until('the queue drains', async () => {
    await page.goto(`${base}/automation/parked`);
    return (await page.locator('main .empty').count()) > 0;
  });
}
