// Small things: show a password, digits only in a code, copy a text or a link, move a price, show the parts that belong to a choice, say whole what
// was cut short.
import { all, amount, group, one, word } from './dom.js';
import { toast } from './toast.js';

export function small() {
  for (const button of all('[data-peek]')) button.addEventListener('click', () => {
    const field = button.previousElementSibling, shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });
  for (const field of all('.code')) field.addEventListener('input', () => {
    field.value = field.value.replace(/\D/g, '');
    if (field.maxLength > 0 && field.value.length === field.maxLength && field.dataset.auto === '') field.form?.requestSubmit();
  });
  for (const button of all('[data-copy]')) button.addEventListener('click', async event => {
    event.preventDefault();
    await navigator.clipboard.writeText(button.href ?? one(button.dataset.copy)?.textContent.trim() ?? '');
    toast(word('copied'));
  });
  for (const field of all('[data-sum]')) field.addEventListener('blur', () => {
    const value = amount(field.value);
    if (Number.isInteger(value) && value > 0) field.value = group(value);
  });
  for (const range of all('.slider')) {
    const field = one(`#${range.dataset.for}`);
    range.hidden = false;
    range.addEventListener('input', () => { field.value = group(+range.value); });
    field.addEventListener('input', () => {
      const value = amount(field.value.replace(/\s/g, ''));
      if (!(value > 0)) return;
      if (value < +range.min || value > +range.max) [range.min, range.max] = [Math.round(value / 2), Math.round(value * 1.5)];
      range.value = value;
    });
  }
  const choose = () => {
    for (const part of all('[data-when]')) {
      const [name, values] = part.dataset.when.split('=');
      const field = one(`[name="${CSS.escape(name)}"]:checked`) ?? one(`select[name="${CSS.escape(name)}"]`);
      part.hidden = !values.split('|').includes(field?.value ?? '');
    }
  };
  document.addEventListener('change', choose);
  choose();
  for (const link of all('a[href="#q"]')) link.addEventListener('click', () => setTimeout(() => one('#q')?.focus()));
  document.addEventListener('pointerover', event => {
    const cut = event.target instanceof Element && event.target.closest('.clip:not([title]), time:not([title])');
    if (!cut) return;
    if (cut.dateTime) cut.title = new Date(cut.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Almaty' });
    else if (cut.scrollWidth > cut.clientWidth) cut.title = cut.textContent.trim();
  });
  const said = one('[data-toast]');
  if (said) toast(said.dataset.toast, said.dataset.undo ? () => one('#undo-last')?.requestSubmit() : null);
}
