// Light and dark by hand; without a choice the page follows the system.
import { all, fresh } from './dom.js';

export function themes(root) {
  for (const button of all('[data-theme-toggle]', root)) {
    if (!fresh(button, 'theme')) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
      const next = dark ? 'light' : 'dark';
      document.documentElement.dataset.theme = next;
      localStorage.setItem('theme', next);
    });
  }
}
