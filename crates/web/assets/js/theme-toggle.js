// Light and dark by hand, kept by the server for every device; without a choice the page follows the system.
import { all, fresh } from './dom.js';

export function themes(root) {
  for (const button of all('[data-theme-toggle]', root)) {
    if (!fresh(button, 'theme')) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
      const next = dark ? 'light' : 'dark';
      document.documentElement.dataset.theme = next;
      // A failure only means that the next page follows the old choice.
      fetch('/theme', { method: 'POST', body: new URLSearchParams({ theme: next }) }).catch(() => {});
    });
  }
}
