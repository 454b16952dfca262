// A cell becomes a field and saves itself. A refused value stays with its reason; a value that somebody else
// changed meanwhile is shown with a choice. Refuses to decide what is right: the server does.
import { all, amount, flash, group, one, word } from './dom.js';
import { toast } from './toast.js';

export function editing() {
  document.addEventListener('click', event => {
    const cell = event.target.closest('[data-edit]');
    if (!cell || event.ctrlKey || event.metaKey || !cell.dataset.save) return;
    event.preventDefault();
    if (document.body.dataset.offline === '') { toast(word('offline')); return; }
    open(cell);
  });
}

function open(cell) {
  const slot = one('[data-v]', cell) ?? cell, was = cell.dataset.value ?? '';
  const box = document.createElement('span');
  box.className = 'edit-box';
  const input = document.createElement('input');
  input.className = 'edit-field';
  input.inputMode = 'numeric';
  input.value = was ? group(Number(was)) : '';
  input.setAttribute('aria-label', cell.dataset.label);
  box.append(input);
  cell.hidden = true;
  cell.after(box);
  input.focus();
  input.select();
  const state = { cell, slot, box, input, was, busy: false, done: false };
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter') { event.preventDefault(); save(state, null); }
    if (event.key === 'Escape') { event.preventDefault(); close(state); cell.focus(); }
    if (event.key === 'Tab') {
      const cells = all('[data-edit]').filter(other => other.offsetParent || other === cell);
      const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
      if (next) { event.preventDefault(); save(state, next); }
    }
  });
  input.addEventListener('blur', () => setTimeout(() => {
    if (!state.done && !state.busy && !box.contains(document.activeElement)) save(state, null, true);
  }));
}

function close(state) {
  state.done = true;
  state.box.remove();
  state.cell.hidden = false;
}

async function save(state, next, leaving = false) {
  const { cell, input, was } = state;
  if (state.busy) return;
  const typed = input.value.trim(), same = typed === '' ? was === '' : amount(typed) === Number(was || NaN);
  if (same) { close(state); if (next) next.click(); else if (!leaving) cell.focus(); return; }
  state.busy = true;
  input.setAttribute('aria-busy', 'true');
  const answer = await send(cell, typed, cell.dataset.version);
  state.busy = false;
  input.removeAttribute('aria-busy');
  if (answer.status === 200) {
    show(cell, answer);
    close(state);
    toast(answer.said, () => undo(cell, was, answer.version));
    if (next) next.click(); else if (!leaving) cell.focus();
    return;
  }
  refuse(state, answer);
}

async function send(cell, value, version) {
  const body = new URLSearchParams({ field: cell.dataset.edit, value, version: version ?? '' });
  try {
    const response = await fetch(cell.dataset.save, { method: 'POST', body, headers: { Accept: 'application/json' } });
    const said = await response.json().catch(() => ({}));
    // A redirect leads to signing in: nothing was saved.
    return { ...said, status: response.redirected ? 401 : response.status };
  } catch {
    return { status: 0 };
  }
}

function show(cell, answer) {
  const slot = one('[data-v]', cell) ?? cell;
  cell.dataset.value = answer.value ?? '';
  for (const other of all(`[data-save="${CSS.escape(cell.dataset.save)}"]`)) other.dataset.version = answer.version ?? '';
  slot.textContent = answer.text;
  cell.toggleAttribute('data-empty', !answer.value);
  flash(cell);
}

async function undo(cell, was, version) {
  const answer = await send(cell, was, version);
  if (answer.status === 200) { show(cell, answer); toast(answer.said); } else toast(answer.message ?? word('failed'));
}

function refuse(state, answer) {
  const { input, box, cell } = state;
  one('.edit-why', box)?.remove();
  const why = document.createElement('span');
  why.className = 'edit-why';
  why.id = 'edit-why';
  why.setAttribute('role', 'alert');
  why.textContent = answer.message ?? word('failed');
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', why.id);
  if (answer.status === 409) {
    for (const [text, act] of [[word('keepMine'), () => mine(state, answer)], [word('takeTheirs'), () => theirs(state, answer)]]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm';
      button.textContent = text;
      button.addEventListener('click', act);
      why.append(' ', button);
    }
  }
  box.append(why);
  input.focus();
  cell.dataset.version = cell.dataset.version ?? '';
}

function mine(state, answer) {
  state.cell.dataset.version = answer.version ?? '';
  save(state, null);
}

function theirs(state, answer) {
  show(state.cell, { ...answer, text: answer.text ?? '' });
  close(state);
  state.cell.focus();
}
