// The pages there are, in the order of the tour. Refuses to hold scenarios.

/** Name of the picture, address (`SHOP` is `/s/` and the shop's word, `FIRST` the first thing in a row of the list above it),
 *  whether it is shown signed out, whether the README's tour shows it. */
export const PAGES = [
  { name: 'sign-in', address: '/login', signedOut: true, tour: true },
  { name: 'connect', address: '/connect', tour: true },
  { name: 'today', address: 'SHOP/today', tour: true },
  { name: 'prices', address: 'SHOP/prices', tour: true },
  { name: 'prices-errors', address: 'SHOP/prices?view=errors' },
  { name: 'bulk', address: 'SHOP/prices/bulk?action=max&all=1&filter=&how=price&value=30', tour: true },
  { name: 'product', address: 'SHOP/prices/FIRST', tour: true },
  { name: 'orders', address: 'SHOP/orders', tour: true },
  { name: 'orders-done', address: 'SHOP/orders?view=done' },
  { name: 'order', address: 'SHOP/orders/FIRST', tour: true },
  { name: 'print', address: 'SHOP/orders/print' },
  { name: 'pick', address: 'SHOP/orders/pick' },
  { name: 'returns', address: 'SHOP/orders/returns?view=all' },
  { name: 'days', address: 'SHOP/orders/runs' },
  { name: 'sizes', address: 'SHOP/orders/sizes' },
  { name: 'messages', address: 'SHOP/messages' },
  { name: 'whatsapp', address: 'SHOP/messages/whatsapp' },
  { name: 'templates', address: 'SHOP/messages/templates' },
  { name: 'template', address: 'SHOP/messages/templates/shipped' },
  { name: 'message-limits', address: 'SHOP/messages/limits' },
  { name: 'rules', address: 'SHOP/prices/rules' },
  { name: 'rule', address: 'SHOP/prices/rules/new', tour: true },
  { name: 'guard', address: 'SHOP/prices/guard' },
  { name: 'import', address: 'SHOP/prices/import', tour: true },
  { name: 'pause', address: 'SHOP/prices/pause' },
  { name: 'catalog', address: '/catalog' },
  { name: 'catalog-new', address: '/catalog/new' },
  { name: 'catalog-import', address: '/catalog/import' },
  { name: 'feed', address: 'SHOP/catalog/feed' },
  { name: 'cards', address: 'SHOP/catalog/cards' },
  { name: 'preorders', address: 'SHOP/catalog/preorders' },
  { name: 'warehouses', address: 'SHOP/catalog/warehouses' },
  { name: 'bot', address: 'SHOP/bot', tour: true },
  { name: 'automation', address: 'SHOP/automation', tour: true },
  { name: 'parked', address: 'SHOP/automation/parked' },
  { name: 'budgets', address: 'SHOP/automation/budgets' },
  { name: 'proxies', address: 'SHOP/automation/proxies' },
  { name: 'health', address: 'SHOP/automation/health' },
  { name: 'profile', address: '/settings/profile' },
  { name: 'shops', address: '/settings/shops' },
  { name: 'team', address: '/settings/team' },
  { name: 'keys', address: '/settings/keys' },
  { name: 'notifications', address: '/settings/notifications' },
  { name: 'telegram', address: '/messages/telegram' },
  { name: 'security', address: '/settings/security' },
  { name: 'audit', address: '/settings/audit' },
  { name: 'more', address: 'SHOP/more' },
  { name: 'about-access', address: '/about/access' },
];

/** The address of a page for a shop at `/s/SHOP`. */
export async function addressOf(page, base, { address }) {
  const whole = address.replace('SHOP', base);
  if (!whole.endsWith('/FIRST')) return whole;
  const list = whole.slice(0, -'/FIRST'.length);
  await page.goto(list);
  return page.locator('main table tbody .row-head a').first().getAttribute('href');
}
