// Opens and closes native dialogs; a link stays a link when the dialog is not on the page.
import { one } from './dom.js';

export function openDialog(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

export function dialogs() {
  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-open]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.open);
      if (dialog) {
        event.preventDefault();
        openDialog(dialog);
      }
      return;
    }
    if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  // A closed dialog that had nothing to give the focus back to must not keep it: single-key commands would stay asleep.
  document.addEventListener('close', event => {
    if (event.target instanceof HTMLDialogElement && event.target.contains(document.activeElement)) document.activeElement.blur();
  }, true);
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const menu = one('details.menu[open]');
    if (menu) {
      menu.open = false;
      one('summary', menu)?.focus();
    }
  });
}
