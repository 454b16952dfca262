// Takes the pictures of the tour into docs/pictures: each page for phone and desktop, light and dark. The desktop one in light
// has the plain name. Refuses to take a picture of an error page.
import fs from 'node:fs';
import path from 'node:path';
import { SIZES, launch, person } from './browser.mjs';
import { PAGES, addressOf } from './pages.mjs';
import { becomeOwner, connectShop, importFile, readOrders, sheetOf, switchBot } from './steps.mjs';
import { World, until } from './world.mjs';

const folder = path.resolve(import.meta.dirname, '../docs/pictures');
fs.mkdirSync(folder, { recursive: true });
const TOUR = PAGES.filter((entry) => entry.tour);

function fileName(name, size, theme) {
  const parts = [name, size === 'desktop' ? '' : size, theme === 'light' ? '' : theme].filter(Boolean);
  return path.join(folder, `${parts.join('-')}.png`);
}

const world = await World.start('pictures', { speed: 60 });
const browser = await launch();
try {
  const owner = await person(browser, world);
  await becomeOwner(owner.page);
  const { logins, shops } = await world.control('world');
  const base = await connectShop(owner.page, world, logins[0].phone);
  await importFile(owner.page, base, 'costs.csv', sheetOf(await world.control(`shops/${shops[0].uid}/offers`)));
  await switchBot(owner.page, base, 'on');
  await until('the bot has changed some prices', async () => (await world.control('ledger')).filter((entry) => entry.visible).length >= 40, 180_000);
  await readOrders(owner.page, world, base, { count: 9 });
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
