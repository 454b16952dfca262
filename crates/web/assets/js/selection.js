// Marks in a table: three states of the head box, a run with Shift, everything the filter finds.
import { all, amount, fresh, group, one } from './dom.js';

export function selection(root) {
  for (const form of root.matches?.('[data-select]') ? [root] : all('[data-select]', root)) {
    if (fresh(form, 'selection')) watch(form);
  }
}

function watch(form) {
  const head = one('[data-all]', form), whole = one('[data-whole]', form), count = one('[data-count]', form), total = one('[data-total]', form);
  const boxes = () => all('tbody .check', form);
  let from = null;
  const sync = () => {
    const marks = boxes(), on = marks.filter(box => box.checked).length;
    if (head) { head.checked = on > 0 && on === marks.length; head.indeterminate = on > 0 && on < marks.length; }
    if (whole && on < marks.length) whole.checked = false;
    // Prices are in hundredths, the sum in whole tenge.
    if (total) total.textContent = group(Math.round(marks.filter(box => box.checked).reduce((sum, box) => sum + (Number(box.dataset.each) || 0) * (amount(one('[name=quantity]', box.closest('tr'))?.value) || 0), 0) / 100));
    if (count) count.textContent = group(whole?.checked ? Number(whole.dataset.whole) : on);
  };
  form.addEventListener('click', event => {
    const box = event.target.closest('tbody .check');
    if (box) {
      const marks = boxes(), at = marks.indexOf(box);
      if (event.shiftKey && from !== null) for (const other of marks.slice(Math.min(from, at), Math.max(from, at) + 1)) other.checked = box.checked;
      from = at;
      sync();
    }
    if (event.target.closest('[data-clear]')) {
      for (const other of boxes()) other.checked = false;
      if (whole) whole.checked = false;
      sync();
    }
  });
  if (total) form.addEventListener('input', sync);
  head?.addEventListener('change', () => { for (const box of boxes()) box.checked = head.checked; sync(); });
  whole?.addEventListener('change', () => { if (whole.checked) for (const box of boxes()) box.checked = true; sync(); });
  sync();
}
