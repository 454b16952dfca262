// Counts down to a moment and then lets the waiting thing happen: a button wakes up, or the page is asked again.
import { all, fresh } from './dom.js';

export function countdowns(root) {
  for (const element of all('[data-until]', root)) if (fresh(element, 'countdown')) run(element);
}

function run(element) {
  const until = Date.parse(element.dataset.until), shown = element.querySelector('[data-left]') ?? element;
  // A moment that was past when the page came must not start a circle of reloads: clocks differ.
  let waited = false;
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    shown.textContent = left >= 3600
      ? `${Math.floor(left / 3600)}:${String(Math.floor(left / 60) % 60).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`
      : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    if (left > 0) { waited = true; setTimeout(tick, 1000); return; }
    if (element.dataset.then === 'reload') { if (waited) location.reload(); }
    else if (element instanceof HTMLButtonElement) { element.disabled = false; element.textContent = element.dataset.ready ?? element.textContent; }
  };
  if (!Number.isNaN(until)) tick();
}
