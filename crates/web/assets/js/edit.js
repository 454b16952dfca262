// A limit in a row of the board, or a fact of a product in a row of the catalogue, becomes a field and saves itself. The row says which product it is, at which version. A refused value stays with its reason; a value that somebody else
// changed meanwhile is shown with a choice. Refuses to decide what is right: the server does.
import { all, amount, flash, group, one, word } from './dom.js';
import { toast } from './toast.js';

export function editing() {
  document.addEventListener('click', event => {
    const cell = event.target.closest('[data-edit]');
    if (!cell) return;
    if (document.body.dataset.offline === '') { toast(word('offline')); return; }
    open(cell);
  });
}

/** The row of a cell, the link to its product, and the number as it stands. */
const row = cell => cell.closest('tr');
const goods = cell => one('.col-goods a', row(cell));
const isText = cell => cell.dataset.kind === 'text';
const value = cell => (cell.dataset.empty === '' ? '' : isText(cell) ? cell.lastChild.textContent.trim() : String(amount(cell.lastChild.textContent)));

function open(cell) {
  const was = value(cell);
  const box = document.createElement('span');
  box.className = 'edit-box';
  const input = document.createElement('input');
  input.className = 'edit-field';
  if (!isText(cell)) input.inputMode = 'decimal';
  input.value = !was || isText(cell) ? was : group(Number(was));
  input.setAttribute('aria-label', `${one('.sr-only', cell).textContent}${goods(cell).textContent}`);
  box.append(input);
  cell.hidden = true;
  cell.after(box);
  input.focus();
  input.select();
  const state = { cell, box, input, was, busy: false, done: false };
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
  const typed = input.value.trim();
  const same = typed === '' || isText(cell) ? typed === was : amount(typed) === Number(was || NaN);
  if (same) { close(state); if (next) next.click(); else if (!leaving) cell.focus(); return; }
  state.busy = true;
  input.setAttribute('aria-busy', 'true');
  const answer = await send(cell, typed, row(cell).dataset.version);
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
    const response = await fetch(`${goods(cell).pathname}/cell`, { method: 'POST', body, headers: { Accept: 'application/json' } });
    const said = await response.json().catch(() => ({}));
    // A redirect leads to signing in: nothing was saved.
    return { ...said, status: response.redirected ? 401 : response.status };
  } catch {
    return { status: 0 };
  }
}

function show(cell, answer) {
  row(cell).dataset.version = answer.version ?? '';
  cell.lastChild.textContent = answer.text;
  cell.toggleAttribute('data-empty', !answer.value);
  flash(cell);
}

async function undo(cell, was, version) {
  const answer = await send(cell, was, version);
  if (answer.status === 200) { show(cell, answer); toast(answer.said); } else toast(answer.message ?? word('failed'));
}

function refuse(state, answer) {
  const { input, box } = state;
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
}

function mine(state, answer) {
  row(state.cell).dataset.version = answer.version ?? '';
  save(state, null);
}

function theirs(state, answer) {
  show(state.cell, { ...answer, text: answer.text ?? '' });
  close(state);
  state.cell.focus();
}
