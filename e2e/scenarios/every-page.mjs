// Every page on a phone and on a desktop, light and dark, in three languages: answers, fits the screen, accessible, silent.
import assert from 'node:assert/strict';
import { findings } from '../accessible.mjs';
import { PAGES, addressOf } from '../pages.mjs';
import { buyOne, openShop, readOrders } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { speed: 60 } };

const LOOKS = [
  { size: 'desktop', theme: 'light', language: 'ru' },
  { size: 'desktop', theme: 'dark', language: 'kk' },
  { size: 'phone', theme: 'light', language: 'en' },
  { size: 'phone', theme: 'dark', language: 'ru' },
];

export default async function everyPage({ world, enter }) {
  const owner = await enter({ size: 'desktop' });
  const base = await openShop(owner.page, world);
  await readOrders(owner.page, world, base);
  await buyOne(owner.page);
  await until('some prices were changed', async () => (await world.control('ledger')).length >= 3, 90_000);
  const { cookies } = await owner.context.storageState();
  await owner.page.goto('about:blank');

  const wrong = [];
  for (const look of LOOKS) {
    const inside = await enter({ ...look, language: 'ru-RU' });
    await inside.context.addCookies(cookies);
    await inside.page.goto(`${base}/more`);
    await inside.page.click(`main form[action="/language"] [value=${look.language}]`);
    await inside.page.waitForLoadState();
    assert.equal(await inside.page.getAttribute('html', 'lang'), look.language);
    const outside = await enter({ ...look, language: look.language });
    for (const entry of PAGES) {
      const { page } = entry.signedOut ? outside : inside;
      const answer = await page.goto(await addressOf(page, base, entry));
      const name = `${entry.name} (${look.size}, ${look.theme})`;
      if (!answer.ok()) wrong.push(`${name}: answered ${answer.status()}`);
      wrong.push(...(await findings(page)).map((one) => `${name}: ${one}`));
      if (process.env.E2E_PICTURES) {
        await page.screenshot({ path: `${process.env.E2E_PICTURES}/${entry.name}-${look.size}-${look.theme}.png`, fullPage: true, animations: 'disabled' });
      }
    }
  }
  assert.deepEqual(wrong, []);
}
