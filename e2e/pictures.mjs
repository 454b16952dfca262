// Takes the pictures of the tour into docs/pictures: each page for phone and desktop, light and dark. The desktop one in light
// has the plain name. Refuses to take a picture of an error page.
import fs from 'node:fs';
import path from 'node:path';
import { SIZES, launch, person } from './browser.mjs';
import { PAGES } from './pages.mjs';
import { becomeOwner, connectShop } from './steps.mjs';
import { World, until } from './world.mjs';

const folder = path.resolve(import.meta.dirname, '../docs/pictures');
fs.mkdirSync(folder, { recursive: true });

/** The address of a page; FIRST is the first thing that the list above it links to. */
async function addressOf(page, shop, { address }) {
  const whole = address.replace('SHOP', shop);
  if (!whole.endsWith('/FIRST')) return whole;
  const list = whole.slice(0, -'/FIRST'.length);
  await page.goto(list);
  return page.locator(`main a[href^="${list}/"]`).first().getAttribute('href');
}

function fileName(name, size, theme) {
  const parts = [name, size === 'desktop' ? '' : size, theme === 'light' ? '' : theme].filter(Boolean);
  return path.join(folder, `${parts.join('-')}.png`);
}

const world = await World.start('pictures', ['--speed', '120']);
const browser = await launch();
try {
  const owner = await person(browser, world);
  await becomeOwner(owner.page);
  const { shops } = await world.control('world');
  await connectShop(owner.page, world, shops[0].phone);
  const shop = new URL(owner.page.url()).pathname.split('/')[2];
  await until('the bot has changed some prices', async () => ((await world.control('ledger')).changes ?? []).length >= 5, 120_000);
  const state = await owner.context.storageState();

  for (const size of Object.keys(SIZES)) {
    for (const theme of ['light', 'dark']) {
      for (const entry of PAGES) {
        const { context, page } = await person(browser, world, { size, theme });
        if (!entry.signedOut) await context.addCookies(state.cookies);
        const answer = await page.goto(await addressOf(page, shop, entry));
        if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}`);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: fileName(entry.name, size, theme), animations: 'disabled' });
        await context.close();
      }
    }
  }
  console.log(`${PAGES.length} pages, ${PAGES.length * 4} pictures in ${path.relative(process.cwd(), folder)}`);
} finally {
  await browser.close();
  await world.stop();
  world.remove();
}
