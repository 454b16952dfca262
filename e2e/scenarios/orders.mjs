// Orders: the key of the shop is given, orders arrive, one is accepted and packed with two presses, its waybill opens; a power
// cut in the middle changes nothing of it; a phone sees the same list.
import assert from 'node:assert/strict';
import { becomeOwner, connectShop, readOrders } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { cards: 300, offers: 200, shops: 1 } };

export default async function orders({ world, enter }) {
  const { page, context } = await enter({ size: 'desktop' });
  await becomeOwner(page);
  const base = await connectShop(page, world, (await world.control('world')).logins[0].phone);
  const bought = await readOrders(page, world, base);
  await page.goto(`${base}/orders`);
  const rows = page.locator('table.orders tbody tr');

  // Accepted with one press in the row; the row says by itself when it is done.
  const code = bought[0].code;
  const row = page.locator(`#o-${code}`);
  await row.locator('.o-act button').click();
  await page.waitForURL('**/orders');
  await until('the row is to be packed', async () => (await row.locator('.o-stage').innerText()).includes('Собрать'));

  // Packed on its page, and the power is cut while the waybill is waited for.
  await row.locator('.o-buyer a').click();
  await page.waitForURL(`**/orders/${code}`);
  await page.click('form:has(input[value=assemble]) [type=submit]');
  await until('the marketplace has it', async () => (await world.control(`orders/${code}`)).assemblies === 1);
  await page.goto('about:blank');
  await world.killApp();
  await world.startApp();
  await world.control('clock', { step_ms: 240_000 });
  await page.goto(`${base}/orders/${code}`);
  const paper = page.locator('a[href$="/waybill.pdf"]').first();
  await until('the waybill is stored', async () => {
    await page.reload();
    return (await paper.count()) > 0;
  }, 60_000);
  const answer = await context.request.get(await paper.getAttribute('href'));
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
  assert.equal((await world.control(`orders/${code}`)).assemblies, 1, 'assembled once');

  // Many with one press.
  await page.goto(`${base}/orders?view=new`);
  await page.click('table.orders [data-all]');
  await page.click('.bulk button[value=accept]');
  await until('all are accepted', async () => {
    await page.goto(`${base}/orders?view=new`);
    return (await rows.count()) === 0;
  });

  const phone = await enter({ size: 'phone', theme: 'dark' });
  await phone.context.addCookies((await context.storageState()).cookies);
  await phone.page.goto(`${base}/orders?view=pack`);
  await phone.page.locator('table.orders tbody .o-buyer a').first().click();
  await phone.page.waitForURL('**/orders/7*');
}
