// The state of the event stream: green with an age, red after fifteen silent seconds, and then editing is blocked.
// Refuses to swap anything itself: htmx does.
import { all, flash, one, word } from './dom.js';

const SILENT_MS = 15000;

export function live() {
  if (!one('[hx-sse\\:connect]')) return;
  let heard = Date.now(), lost = false;
  const mark = isLost => {
    if (isLost === lost) return;
    lost = isLost;
    document.body.toggleAttribute('data-offline', isLost);
    for (const badge of all('[data-live-state]')) {
      if (isLost) {
        badge.dataset.was = badge.textContent;
        badge.dataset.tone = 'bad';
        const at = new Date(heard);
        badge.textContent = `${word('lost')}, ${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
      } else {
        badge.removeAttribute('data-tone');
        badge.textContent = badge.dataset.was ?? badge.textContent;
      }
    }
  };
  const alive = () => { heard = Date.now(); mark(false); };
  document.addEventListener('htmx:sse:after:connection', alive);
  document.addEventListener('htmx:sse:before:message', alive);
  document.addEventListener('htmx:sse:error', () => mark(Date.now() - heard > SILENT_MS));
  setInterval(() => { if (!document.hidden) mark(Date.now() - heard > SILENT_MS); }, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) heard = Date.now(); });
  document.addEventListener('htmx:sse:after:message', () => {
    for (const mark of all('i[data-changed]')) { const cell = mark.parentElement; mark.remove(); flash(cell); }
  });
  // A signal: rows would stand in another order now. The list is not touched, a pill offers it.
  document.addEventListener('order', event => {
    const pill = one('[data-order-pill]');
    if (pill) { pill.hidden = false; pill.textContent = event.detail?.data ?? pill.textContent; }
  });
}
