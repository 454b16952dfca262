// The catalogue: a seller's sheet with bad rows goes its four steps, the bad rows come back as a file, the mended file is written;
// a fact is edited in its cell, and the later of two is told; a change of many and the whole import are put back; the offer of
// the same article joins by itself; a phone sees the list and changes a product in its form.
import assert from 'node:assert/strict';
import { becomeOwner, connectShop } from '../steps.mjs';
import { until } from '../world.mjs';

export const options = { sim: { cards: 300, offers: 120, shops: 1 } };

const HEAD = 'SKU_ID;Kaspi_name_core;Kaspi_art_1;SKU_ID_KSP;Initial_KSP_Price;Stock_entered;Weight_kg;Brend;Model;Color;Our_Size;Gender;Season;Product_Type;Sub_Category;Store_name';
const row = (sku, title, price, stock, weight) => `${sku};${title};;;${price};${stock};${weight};Aru;;чёрный;ХЛ;Мужской;Зима;Одежда;Куртки;Aru Home`;
const facts = (page) => page.locator('main dl.facts dd').allInnerTexts();

async function send(page, name, text) {
  await page.goto('/catalog/import');
  await page.setInputFiles('#f-file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.click('.import-form [type=submit]');
  await page.waitForURL('**/columns');
}

export default async function catalogue({ world, enter }) {
  const { page, context } = await enter({ size: 'desktop' });
  await becomeOwner(page);
  const base = await connectShop(page, world, (await world.control('world')).logins[0].phone);
  await until('offers are read', async () => {
    await page.goto(`${base}/prices`);
    return (await page.locator('table.prices tbody .row-head').count()) > 20;
  });
  const sku = (await page.locator('table.prices tbody .row-head .cell-sub').first().innerText()).trim();

  // Nothing yet: the list says what to do.
  await page.goto('/catalog');
  await page.locator('.empty a[href="/catalog/import"]').click();
  await page.waitForURL('**/catalog/import');

  // Four steps: file, columns, check, done.
  await send(page, 'товары.csv', [HEAD, row(sku, 'Куртка Арктика', '38 740', '4', '0,95'), row('B-1', 'Шапка', '0', '>5', ''), row('B-2', 'Шарф', '4 990', '0', '')].join('\n'));
  const means = await page.locator('select[name^=column_]').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(means.slice(0, 7), ['merchantProductId', 'title', 'masterCode', 'code', 'price', 'availableAmount', 'weight']);
  await page.click('main form [type=submit]');
  await page.waitForURL('**/check');
  assert.deepEqual((await facts(page)).slice(0, 3), ['2', '0', '1']);
  const bad = await (await context.request.get(await page.locator('a[href$="/bad.csv"]').getAttribute('href'))).text();
  assert.equal(bad.trim().split('\n').length, 2, bad);
  assert.match(bad, /B-1.*>5.*сколько штук/);
  await page.click('form[action$="/apply"] [type=submit]');
  await page.waitForURL('**/done');
  assert.equal((await facts(page))[0], '2');

  // The bad rows, mended, with their column of reasons still in the file.
  await send(page, 'исправлено.csv', bad.replace(/;0;>5;/, ';2 990;5;'));
  await page.click('main form [type=submit]');
  await page.waitForURL('**/check');
  await page.click('form[action$="/apply"] [type=submit]');
  await page.waitForURL('**/done');
  const second = page.url();

  // A wrong cell is typed anew on the page of the check; nothing is written by it.
  await send(page, 'варежки.csv', [HEAD, row('B-3', 'Варежки', '1 990', 'много', '')].join('\n'));
  await page.click('main form [type=submit]');
  await page.waitForURL('**/check');
  assert.equal((await facts(page))[0], '0');
  await page.fill('[name=c2_5]', '3');
  await page.click('form[action$="/mend"] button.btn-primary');
  await page.locator('dl.facts dd').first().filter({ hasText: '1' }).waitFor();

  // The list: three products; the one with the article of an offer is sold.
  await page.goto('/catalog');
  const rows = page.locator('table.catalogue tbody tr');
  assert.equal(await rows.count(), 3);
  const coat = rows.filter({ hasText: sku });
  assert.ok(['ok', 'off'].includes(await coat.locator('.c-sold .state').getAttribute('data-tone')), 'no shop sells it');

  // A fact is typed in its cell; a refused one comes back with its reason.
  const cell = `${await coat.locator('.col-goods a').getAttribute('href')}/cell`;
  const refused = await context.request.post(cell, { form: { field: 'cost', value: 'даром', version: '1' }, headers: { Accept: 'application/json', Origin: new URL(page.url()).origin } });
  assert.equal(refused.status(), 422);
  assert.match((await refused.json()).message, /себестоимость/);
  await coat.locator('[data-edit=cost]').click();
  await page.locator('.edit-field').fill('25 300');
  await page.keyboard.press('Enter');
  await until('the cost is kept', async () => (await coat.locator('[data-edit=cost]').innerText()).replace(/\s/g, '').endsWith('25300'));
  await coat.locator('[data-edit=category]').click();
  await page.locator('.edit-field').fill('Верхняя одежда');
  await page.keyboard.press('Enter');
  await until('the category is kept', async () => (await coat.locator('[data-edit=category]').innerText()).includes('Верхняя одежда'));

  // Somebody else is first: the later one is told and takes theirs.
  const stale = await page.locator('table.catalogue tbody tr').filter({ hasText: sku }).getAttribute('data-version');
  const address = await coat.locator('.col-goods a').getAttribute('href');
  const meanwhile = await context.request.post(`${address}/cell`, { form: { field: 'price', value: '39 000', version: stale }, headers: { Accept: 'application/json', Origin: new URL(page.url()).origin } });
  assert.equal(meanwhile.status(), 200, await meanwhile.text());
  const late = await context.request.post(`${address}/cell`, { form: { field: 'price', value: '41 000', version: stale }, headers: { Accept: 'application/json', Origin: new URL(page.url()).origin } });
  assert.deepEqual([late.status(), (await late.json()).value.replace(/\s/g, '')], [409, '39000']);

  // The search, then one season for everything it finds, then all of it back.
  await page.fill('#q', 'шар');
  await until('one is found', async () => (await rows.count()) === 1);
  await page.goto('/catalog/bulk?action=season&all=1&filter=');
  await page.fill('#f-value', 'Всесезон');
  await page.click('.bulk-form [type=submit]');
  await page.click('main form[method=post] [type=submit]');
  await page.waitForURL('**/done');
  assert.equal((await facts(page))[0], '3');
  await page.click('form[action$="/undo"] [type=submit]');
  await until('the change is put back', async () => (await page.locator('form[action$="/undo"]').count()) === 0);

  // The second import goes back whole.
  await page.goto(second);
  await page.click('form[action$="/undo"] [type=submit]');
  await until('the import is put back', async () => (await page.locator('form[action$="/undo"]').count()) === 0);
  await page.goto('/catalog');
  assert.equal(await rows.count(), 3, 'the season was changed since and is left alone');

  const phone = await enter({ size: 'phone', theme: 'dark' });
  await phone.context.addCookies((await context.storageState()).cookies);
  await phone.page.goto('/catalog');
  await phone.page.locator('table.catalogue tbody .col-goods a').first().click();
  await phone.page.waitForURL('**/catalog/prd_*');
  await phone.page.fill('#f-weight', '950 г');
  await phone.page.click('main form.stack [type=submit]');
  await until('the weight is kept', async () => (await phone.page.inputValue('#f-weight')) === '0,95');
}
