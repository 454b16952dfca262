// What people change by hand: a file with limits, a cell of the table, a pause; a phone; a browser without script; a page that
// changes while it is open.
import assert from 'node:assert/strict';
import { becomeOwner, connectShop, importFile, sheetOf, switchBot } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { speed: 60 } };

const digits = (text) => Number(text.replace(/\D/g, ''));

export default async function byHand({ world, enter }) {
  const { page, context, complaints } = await enter({ size: 'desktop' });
  await becomeOwner(page);
  const { logins, shops } = await world.control('world');
  const base = await connectShop(page, world, logins[0].phone);

  // A file: one row is wrong and is told, the others are taken.
  const offers = await world.control(`shops/${shops[0].uid}/offers`);
  const [changed, , skipped] = await importFile(page, base, 'границы.csv', `${sheetOf(offers)}НЕТ-ТАКОГО;1;2;3\n`);
  assert.ok(digits(changed) >= 30, `changed ${changed}`);
  assert.equal(digits(skipped), 1);

  // A cell: a wrong value is refused in place, a right one is kept.
  await page.goto(`${base}/prices?sort=name`);
  const cell = page.locator('table.prices [data-edit=min]').first();
  const was = digits(await cell.innerText());
  await cell.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('много');
  await page.keyboard.press('Enter');
  await page.locator('table.prices [aria-invalid=true]').first().waitFor();
  assert.match(complaints.splice(0).join('; '), /422/, 'the browser notes the refusal, and nothing else');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(String(was + 100));
  await page.keyboard.press('Enter');
  const shown = async () => digits(await cell.innerText());
  await until('the cell shows what was typed', async () => (await shown()) === was + 100);
  await page.reload();
  assert.equal(await shown(), was + 100, 'the cell is kept');

  // A page that is open changes by itself once the bot works.
  await switchBot(page, base, 'on');
  await page.goto(`${base}/prices?sort=name`);
  const prices = () => page.locator('table.prices tbody .c-price .med').allInnerTexts();
  const before = await prices();
  await until('a price on the open page changes by itself', async () => String(await prices()) !== String(before), 60_000);

  // A phone: one product, its pause and back.
  const phone = await enter({ size: 'phone', theme: 'dark' });
  await phone.context.addCookies((await context.storageState()).cookies);
  await phone.page.goto(`${base}/prices`);
  await phone.page.locator('table.prices .row-head a').first().click();
  await phone.page.waitForURL('**/prices/off_*');
  const act = async (path) => {
    await phone.page.locator('.page-actions details.menu > summary').click();
    await phone.page.locator(`.menu-pop form[action*="${path}"] button`).click();
    await phone.page.waitForLoadState();
  };
  await act('/pause');
  await phone.page.locator('.page-actions details.menu > summary').click();
  await phone.page.locator('.menu-pop form[action*="/resume"] button').waitFor();
  await phone.page.locator('.menu-pop form[action*="/resume"] button').click();
  await phone.page.waitForLoadState();

  // Without script everything is a link or a form.
  const plain = await enter({ size: 'desktop', script: false });
  await plain.context.addCookies((await context.storageState()).cookies);
  await plain.page.goto(`${base}/prices?sort=name`);
  await plain.page.locator('.row-head a').first().click();
  await plain.page.waitForURL('**/prices/off_*');
  await plain.page.fill('input[name=min]', String(was + 200));
  await plain.page.click('form[action*="/rule"] .btn-primary');
  await plain.page.goto(`${base}/prices?sort=name`);
  assert.equal(digits(await plain.page.locator('[data-edit=min]').first().innerText()), was + 200);
}
