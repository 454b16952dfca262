// What people do in several scenarios: become the owner, connect a shop. Refuses to assert more than "it went on".
import { until } from './world.mjs';

export const OWNER = { name: 'Айгерим', login: 'owner@example.kz', password: 'correct horse battery' };

/** The first visitor of an empty installation becomes its owner. */
export async function becomeOwner(page) {
  await page.goto('/');
  await page.waitForURL('**/signup');
  await page.fill('input[name=name]', OWNER.name);
  await page.fill('input[name=login]', OWNER.login);
  await page.fill('input[name=password]', OWNER.password);
  await page.click('main form [type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/signup'));
}

/** Connects the shop behind this phone; the code comes from the pretend Kaspi, as the SMS would. */
export async function connectShop(page, world, phone) {
  await page.goto('/connect');
  await page.fill('input[name=phone]', phone);
  await page.click('main form [type=submit]');
  await page.waitForSelector('input[autocomplete=one-time-code]');
  const code = await until('an SMS code', async () => {
    const { codes } = await world.control('codes');
    return codes.at(-1)?.code;
  });
  await page.fill('input[autocomplete=one-time-code]', code);
  await page.click('main form [type=submit]');
  await page.waitForURL('**/s/*/prices**');
}
