// Single-key commands, only outside fields, and only when the person has not switched them off.
import { all, one, typing } from './dom.js';
import { openDialog } from './dialogs.js';

const SEQUENCE_MS = 900;

export function keys() {
  if (document.body.dataset.keys === 'off') return;
  let last = '', lastAt = 0;
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing(event.target)) {
      const undo = one('[data-undo-last]');
      if (undo) { event.preventDefault(); undo.click(); }
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase(), now = Date.now();
    const pair = now - lastAt < SEQUENCE_MS ? last + key : key;
    last = key;
    lastAt = now;
    const place = one(`[data-keys="${CSS.escape(pair)}"]`);
    if (pair.length === 2 && place) { place.click(); return; }
    const button = pair.length === 1 && one(`[data-key="${CSS.escape(key)}"]`);
    if (button?.offsetParent) { event.preventDefault(); button.click(); return; }
    if (key === '/') { const field = one('.search .input'); if (field?.offsetParent) { event.preventDefault(); field.focus(); field.select(); } }
    if (event.key === '?') openDialog(one('#keys'));
    if ('jkxe'.includes(key) || event.key === 'Enter') rowKey(key, event);
  });
}

function rowKey(key, event) {
  const rows = all('table[data-rows] tbody tr');
  if (!rows.length) return;
  const at = rows.findIndex(row => row === document.activeElement || row.contains(document.activeElement));
  if (key === 'j' || key === 'k') {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + (key === 'j' ? 1 : -1)))];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return;
  }
  if (at < 0) return;
  if (key === 'x') one('.check', rows[at])?.click();
  if (key === 'e') { event.preventDefault(); one('[data-edit]', rows[at])?.click(); }
  if (event.key === 'Enter' && document.activeElement === rows[at]) one('.cell-main a', rows[at])?.click();
}
