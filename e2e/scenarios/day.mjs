// The day: one press takes a heap of orders to their waybills; the power is cut in the middle; nothing is done twice.
import assert from 'node:assert/strict';
import { becomeOwner, connectShop, readOrders } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { cards: 300, offers: 200, shops: 1 } };

export default async function day({ world, enter }) {
  const { page, context } = await enter({ size: 'desktop' });
  await becomeOwner(page);
  const base = await connectShop(page, world, (await world.control('world')).logins[0].phone);
  const bought = await readOrders(page, world, base);

  await page.goto(`${base}/orders`);
  await page.keyboard.press('d');
  await page.locator('.run').first().waitFor();
  const [first] = bought;
  await until('orders are being accepted', async () => (await world.control(`orders/${first.code}`)).status !== first.status, 60_000);
  await page.goto('about:blank');
  await world.killApp();
  await world.startApp();

  // A second press finds the run that goes on by itself.
  await page.goto(`${base}/orders/runs`);
  await page.locator('ul.rows a').first().click();
  await page.waitForURL('**/orders/runs/day_*');
  const run = page.url();
  await until('the waybills are waited for', async () => {
    await world.control('clock', { step_ms: 20_000 });
    await page.goto(run);
    return (await page.locator('.step[data-state="done"]').count()) >= 5 || (await page.locator('#run-h').innerText()).startsWith('День сделан');
  }, 90_000);
  await until('the day is done', async () => {
    await world.control('clock', { step_ms: 30_000 });
    await page.goto(run);
    return (await page.locator('#run-h').innerText()).startsWith('День сделан');
  }, 90_000);
  let ready = 0;
  for (const { code } of bought) {
    const order = await world.control(`orders/${code}`);
    assert.ok(order.assemblies <= 1, `${code} was declared ready once`);
    ready += order.assemblies;
  }
  assert.ok(ready > 0, 'parcels of the marketplace are ready');

  // Its papers are printed from the run: the list on screen, and files in the same order.
  await page.goto(run);
  await page.locator('a[href*="/orders/print?run="]').first().click();
  await page.waitForURL('**/orders/print?run=*');
  assert.ok((await page.locator('table.pick tbody tr').count()) >= ready, 'every parcel stands in the list');
  for (const name of ['labels.pdf', 'waybills.pdf', 'pick-list.pdf', 'pick-list-80mm.pdf']) {
    const answer = await context.request.get(await page.locator(`aside a[href*="/print/${name}"]`).getAttribute('href'));
    assert.equal(answer.headers()['content-type'], 'application/pdf', name);
    assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-', name);
  }
  const thermal = await context.request.get(await page.locator('aside a[href*="/print/labels.zpl"]').getAttribute('href'));
  assert.ok((await thermal.text()).startsWith('^XA') || (await thermal.text()).includes('^XA'), 'labels of a thermal printer');

  // Today says how it went; nothing is left to be done.
  await page.goto(`${base}/today`);
  assert.ok(await page.locator('.daycard').isVisible());

  const phone = await enter({ size: 'phone', theme: 'dark' });
  await phone.context.addCookies((await context.storageState()).cookies);
  await phone.page.goto(`${base}/orders`);
  await phone.page.locator('#runbar').click();
  await phone.page.waitForURL('**/orders/runs/day_*');
}
