// Finding elements, the page's own words, and numbers as people write them. Refuses to know any page.
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A text of the page's language, set by the server on <body data-word-…>. */
export const word = name => document.body.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`] ?? '';

export const group = n => (n < 0 ? '−' : '') + Math.abs(Math.round(n)).toString().replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');

/** Digits of a sum as typed: «38 740 ₸», «38740». NaN when there is none. */
export const amount = text => parseFloat(String(text).replace(/[^\d.,−-]/g, '').replace('−', '-').replace(',', '.'));

/** Marks once that a module has taken care of an element. */
const seen = new WeakMap();
export function fresh(element, module) {
  const known = seen.get(element) ?? new Set();
  if (known.has(module)) return false;
  seen.set(element, known.add(module));
  return true;
}

export function flash(element) {
  element.classList.remove('flash');
  void element.offsetWidth;
  element.classList.add('flash');
}

/** Typing is going on: single letters must not be commands. */
export const typing = target => target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]');
