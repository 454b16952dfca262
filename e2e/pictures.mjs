// Takes the pictures of the tour into docs/pictures: each page for phone and desktop, light and dark. The desktop one in light
// has the plain name. Refuses to take a picture of an error page.
import fs from 'node:fs';
import path from 'node:path';
import { SIZES, launch, person } from './browser.mjs';
import { PAGES, addressOf } from './pages.mjs';
import { becomeOwner, connectShop, importFile, sheetOf, switchBot } from './steps.mjs';
import { Demo, until } from './world.mjs';

/** The demo reads a year of orders, which takes minutes. */
const PATIENCE_MS = 900_000;
const folder = path.resolve(import.meta.dirname, '../docs/pictures');
fs.mkdirSync(folder, { recursive: true });
const TOUR = PAGES.filter((entry) => entry.tour);

function fileName(name, size, theme) {
  const parts = [name, size === 'desktop' ? '' : size, theme === 'light' ? '' : theme].filter(Boolean);
  return path.join(folder, `${parts.join('-')}.png`);
}

/** Waits until a page shows at least so many of something. */
async function shown(page, address, css, least = 1) {
  await until(`${address} shows ${css}`, async () => {
    await page.goto(address);
    return (await page.locator(css).count()) >= least;
  }, PATIENCE_MS);
}

const world = await Demo.begin('pictures');
const browser = await launch();
try {
  const owner = await person(browser, world);
  await becomeOwner(owner.page);
  const { logins, shops } = await world.control('world');
  const base = await connectShop(owner.page, world, logins[0].phone);
  await importFile(owner.page, base, 'costs.csv', sheetOf(await world.control(`shops/${shops[0].uid}/offers`)));
  await switchBot(owner.page, base, 'on');
  await until('the bot has changed some prices', async () => (await world.control('ledger')).filter((entry) => entry.visible).length >= 40, PATIENCE_MS);
  // The past comes by itself: a year of orders, deliveries, forecasts, the market's days.
  await shown(owner.page, `${base}/orders?view=done`, 'table.orders tbody tr', 50);
  await shown(owner.page, '/stock', 'main [name=quantity]', 3);
  await shown(owner.page, `${base}/market`, 'main svg');
  const offers = (await world.control(`shops/${shops[0].uid}/offers`)).filter((offer) => offer.visible_price > 0).slice(0, 9);
  for (const { sku } of offers) await world.control(`shops/${shops[0].uid}/orders`, { way: 'kaspi', sku });
  await shown(owner.page, `${base}/orders`, 'table.orders tbody tr', 9);
  // The day is on its way while the pictures are taken.
  await owner.page.locator('form[action$="/orders/day"] [type=submit]').first().click();
  await owner.page.waitForLoadState();
  const state = await owner.context.storageState();

  for (const size of Object.keys(SIZES)) {
    for (const theme of ['light', 'dark']) {
      for (const entry of TOUR) {
        const { context, page } = await person(browser, world, { size, theme });
        if (!entry.signedOut) await context.addCookies(state.cookies);
        const answer = await page.goto(await addressOf(page, base, entry));
        if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}`);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: fileName(entry.name, size, theme), animations: 'disabled' });
        await context.close();
      }
    }
  }
  console.log(`${TOUR.length} pages, ${TOUR.length * 4} pictures in ${path.relative(process.cwd(), folder)}`);
} finally {
  await browser.close();
  await world.stop();
  world.remove();
}
