// One message at a time for what is not visible on the page, or for undo. Refuses to carry errors that need an act.
import { one, word } from './dom.js';

const SHOWN_MS = 8000;

/** Shows `text`; with `undo`, a button that calls it. */
export function toast(text, undo) {
  const shelf = one('.toasts');
  if (!shelf) return;
  const card = document.createElement('div');
  card.className = 'toast';
  const said = document.createElement('span');
  said.textContent = text;
  card.append(said);
  let timer;
  const arm = () => { clearTimeout(timer); timer = setTimeout(() => card.remove(), SHOWN_MS); };
  if (undo) {
    const button = document.createElement('button');
    button.className = 'btn';
    button.type = 'button';
    button.dataset.undoLast = '';
    button.textContent = word('undo');
    button.addEventListener('click', () => { card.remove(); undo(); });
    card.append(button);
  }
  card.addEventListener('pointerenter', () => clearTimeout(timer));
  card.addEventListener('focusin', () => clearTimeout(timer));
  card.addEventListener('pointerleave', arm);
  card.addEventListener('focusout', arm);
  shelf.replaceChildren(card);
  arm();
}
