// Unsaved changes ask before leaving; a pressed button shows that it works; the first error takes focus.
import { all, fresh, one } from './dom.js';

const BUSY_MS = 200;

export function forms(root) {
  for (const form of all('form', root)) {
    if (!fresh(form, 'form')) continue;
    if (form.matches('[data-guard]')) guard(form);
    if (form.method !== 'dialog') form.addEventListener('submit', event => {
      const button = event.submitter;
      if (!button || form.matches('[hx-get], [data-plain]')) return;
      setTimeout(() => { if (!event.defaultPrevented) button.setAttribute('aria-busy', 'true'); }, BUSY_MS);
    });
    for (const field of all('[data-submit]', form)) field.addEventListener('change', () => form.requestSubmit());
  }
  one('#errors', root)?.focus();
}

function guard(form) {
  let dirty = false;
  form.addEventListener('input', () => { dirty = true; });
  form.addEventListener('submit', () => { dirty = false; });
  addEventListener('beforeunload', event => { if (dirty) event.preventDefault(); });
}

// A page that comes back from the history must not look busy.
addEventListener('pageshow', () => { for (const button of all('[aria-busy="true"]')) button.removeAttribute('aria-busy'); });
