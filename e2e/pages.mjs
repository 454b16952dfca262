// The pages of the tour, in its order: what the pictures show. Refuses to hold scenarios.

/** Name of the picture, address (`SHOP` is the shop's word in addresses), whether it is shown signed out. */
export const PAGES = [
  { name: 'sign-in', address: '/login', signedOut: true },
  { name: 'today', address: '/s/SHOP/today' },
  { name: 'prices', address: '/s/SHOP/prices' },
  { name: 'product', address: '/s/SHOP/prices/FIRST' },
  { name: 'rule', address: '/s/SHOP/prices/rules/FIRST' },
  { name: 'automation', address: '/s/SHOP/automation' },
  { name: 'shops', address: '/s/SHOP/settings/stores' },
  { name: 'team', address: '/s/SHOP/settings/team' },
  { name: 'security', address: '/s/SHOP/settings/security' },
  { name: 'audit', address: '/s/SHOP/settings/audit' },
];
