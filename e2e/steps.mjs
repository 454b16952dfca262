// What people do in several scenarios: become the owner, connect a shop, set limits, switch the bot on. Refuses to assert more
// than "it went on".
import { until } from './world.mjs';

export const OWNER = { merchant: 'Tumar Store', name: 'Айгерим', login: 'owner@example.kz', password: 'correct horse battery' };

/** The first visitor of an empty installation becomes its owner. */
export async function becomeOwner(page) {
  await page.goto('/');
  await page.waitForURL('**/signup');
  await page.fill('input[name=merchant_name]', OWNER.merchant);
  await page.fill('input[name=name]', OWNER.name);
  await page.fill('input[name=login]', OWNER.login);
  await page.fill('input[name=password]', OWNER.password);
  await page.click('main form [type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/signup'));
}

/** Connects the shops behind this phone; the code comes from the pretend Kaspi, as the SMS would. Returns `/s/SHOP`. */
export async function connectShop(page, world, phone) {
  await page.goto('/connect');
  await page.fill('input[name=phone]', phone);
  await page.click('main form [type=submit]');
  await page.waitForSelector('input[autocomplete=one-time-code]');
  const code = await until('an SMS code', async () => (await world.control('codes')).at(-1)?.code);
  // The form sends itself with the last digit.
  await page.locator('input[autocomplete=one-time-code]').pressSequentially(code);
  await page.waitForURL('**/connect/*/check');
  const open = page.locator('main a[href^="/s/"][href$="/today"]');
  await open.waitFor({ timeout: 60_000 });
  await open.click();
  await page.waitForURL('**/s/*/today');
  return new URL(page.url()).pathname.slice(0, -'/today'.length);
}

/** Lets every price of the shop fall and rise by percents, through the form for many offers. */
export async function setLimits(page, base, { down = 20, up = 20 } = {}) {
  for (const [action, percent] of [['min', -down], ['max', up]]) {
    await page.goto(`${base}/prices/bulk?action=${action}&all=1&filter=`);
    await page.selectOption('select[name=how]', 'price');
    await page.fill('input[name=value]', String(percent));
    await page.click('.bulk-form [type=submit]');
    await page.click('main form[method=post] [type=submit]');
    await page.waitForURL(`**${base}/prices/bulk/*`);
  }
}

/** Switches the bot of the shop: `off`, `dry_run` or `on`. */
export async function switchBot(page, base, mode) {
  await page.goto(`${base}/bot`);
  await page.check(`input[name=mode][value=${mode}]`);
  await page.click('.pause-form [type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/bot'));
}

/** A shop that sells: its owner, its offers, limits for all of them, the bot at work. Returns `/s/SHOP`. */
export async function openShop(page, world) {
  await becomeOwner(page);
  const { logins } = await world.control('world');
  const base = await connectShop(page, world, logins[0].phone);
  await setLimits(page, base);
  await switchBot(page, base, 'on');
  return base;
}

/** Imports a file of limits and costs through the page. Returns the numbers of changed, unchanged and skipped rows, as written. */
export async function importFile(page, base, name, text) {
  await page.goto(`${base}/prices/import`);
  await page.setInputFiles('input[name=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.click('.import-form [type=submit]');
  await page.waitForURL(`**${base}/prices/import/*`);
  await page.click('form[action$="/apply"] [type=submit]');
  await page.waitForSelector('form[action$="/undo"]');
  return page.locator('main dd.fact').allInnerTexts();
}

/** A sheet as sellers keep it: half of each price is its cost, limits around the price. */
export function sheetOf(offers) {
  const lines = offers
    .map((offer) => [offer.sku, offer.visible_price ?? Object.values(offer.city_prices)[0] ?? offer.price])
    .filter(([, price]) => price > 0)
    .map(([sku, price]) => [sku, Math.round(price * 0.8), Math.round(price * 1.2), Math.round(price * 0.5)].join(';'));
  return `Артикул;Минимум;Максимум;Себестоимость\n${lines.join('\n')}\n`;
}

/** Gives the shop the key to its orders and lets some people buy; waits until the list shows them. Returns what was bought. */
export async function readOrders(page, world, base, { count = 6, way = 'kaspi' } = {}) {
  const [{ uid, token }] = (await world.control('world')).shops;
  const bought = [];
  for (let number = 0; number < count; number += 1) bought.push(await world.control(`shops/${uid}/orders`, { way }));
  await page.goto(`${base}/orders`);
  await page.click('.empty a.btn-primary');
  await page.locator('input[name=key]').first().fill(token);
  await page.locator('form[action$="/key"] [type=submit]').first().click();
  await page.waitForURL('**/settings/shops');
  await until('the orders are read', async () => {
    await page.goto(`${base}/orders?view=all`);
    return (await page.locator('table.orders tbody tr').count()) >= count;
  });
  return bought;
}

/** A product of the catalogue that two are bought of a day, and a draft of its purchase. */
export async function buyOne(page) {
  await page.goto('/catalog/new');
  await page.fill('#f-merchantProductId', 'E2E-1');
  await page.fill('#f-title', 'Chair');
  await Promise.all([page.waitForURL('**/catalog/prd_*'), page.click('main form[action^="/catalog"] button[type=submit]')]);
  const product = new URL(page.url()).pathname.split('/').pop();
  await page.goto(`/stock/${product}`);
  await page.fill('#f-rate', '2');
  await Promise.all([page.waitForURL('**/stock/prd_*'), page.click('form[action$="/supply"] button[type=submit]')]);
  await Promise.all([page.waitForURL('**/stock/orders'), page.click('form[action="/stock/order"] button[type=submit]')]);
}
